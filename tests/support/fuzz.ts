import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { users } from "@/lib/db/schema/workspace";
import { type Action, allActions, allRoutes } from "./doors";
import { testOffice } from "./office";
import { validInputs } from "./schema-inputs";
import { signedIn } from "./session";
import { leaks, nastyTexts, spoiltInputs } from "./spoilt-inputs";
import { surprises } from "./surprises";
import { ownedThings } from "./whole-office";

const queryNames = ["format", "store", "range", "city", "q", "from", "to", "page", "sort", "kind"];

/**
 * Every action and route with what nobody meant, as the owner, who gets furthest in. `times`: with how
 * many inputs each, and the same ones if there is a seed. The file mocks what Next does only inside its own server, and keeps schemas.
 */
export async function fuzzDoors(
  asked: { headers: Record<string, string> },
  times: { parse: number; call: number; seed?: number },
): Promise<void> {
  const { parse, call: calls, ...seeded } = times;
  const office = await testOffice();
  const { db } = office.access;
  for (const [host, url] of Object.entries(office.twin.urls))
    process.env[`KASPI_${host.toUpperCase()}_URL`] = url;
  const { ids } = await ownedThings(office);
  const actions = await allActions();
  const routes = await allRoutes();
  const right = (action: Action) => validInputs(action.schema, ids, 8);

  async function comeIn() {
    const [owner] = await db.select().from(users).where(eq(users.id, office.owner.id));
    asked.headers = await signedIn(office.owner, owner?.sessionVersion);
  }

  describe.each(actions.map((action) => [action.name, action] as const))("%s", (_name, action) => {
    test("takes what is right, whole, and judges whatever else it is given", () => {
      const inputs = right(action);
      expect(inputs.length).toBeGreaterThan(0);
      for (const input of inputs) expect(action.schema.safeParse(input).success).toBe(true);
      fc.assert(
        fc.property(spoiltInputs(inputs), (input) => {
          expect(action.schema.safeParse(input).success).toBeTypeOf("boolean");
        }),
        { numRuns: parse, ...seeded },
      );
    });

    test("is surprised by nothing and gives nothing away", async () => {
      const inputs = right(action);
      const call = async (input: unknown) => {
        await comeIn();
        const { result, told } = await surprises(() => action.call(input));
        expect(told).toEqual([]);
        if (result.ok) return;
        expect(result.failure.kind).not.toBe("unknown");
        expect(JSON.stringify(result.failure)).not.toMatch(leaks);
      };
      await fc.assert(fc.asyncProperty(spoiltInputs(inputs), call), { numRuns: calls, ...seeded });
    });
  });

  test.each(routes.map((route) => [`${route.method} ${route.address}`, route] as const))(
    "%s is surprised by no address and no body",
    async (_name, { method, handle }) => {
      const query = fc.dictionary(fc.constantFrom(...queryNames), nastyTexts, { maxKeys: 4 });
      const body = fc.option(fc.string({ unit: "binary", maxLength: 200 }), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(nastyTexts, query, body, async (id, asks, sent) => {
          await comeIn();
          const stop = new AbortController();
          const address = `http://inside/?${new URLSearchParams(asks)}`;
          const request = new Request(address, {
            method,
            headers: { ...asked.headers, "content-type": "multipart/form-data; boundary=x" },
            signal: stop.signal,
            ...(method === "POST" && { body: sent ?? "" }),
          });
          const params = Promise.resolve({ id });
          const { result: answer, told } = await surprises(() => handle(request, { params }));
          expect(told).toEqual([]);
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) expect(await answer.text()).not.toMatch(leaks);
          else await answer.body?.cancel();
          stop.abort();
        }),
        { numRuns: calls, ...seeded },
      );
    },
  );
}
