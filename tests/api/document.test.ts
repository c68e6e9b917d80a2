import { afterAll, describe, expect, test } from "vitest";
import { operations } from "@/lib/api/registry";
import { segmentsOf } from "@/lib/api/route-table";
import { storePermissions } from "@/lib/auth/permission-model";
import { apiOffice, keyOf } from "../support/api";
import { apiDocument } from "../support/api-document";
import { apiExamples, type Example } from "../support/api-examples";
import { receiver } from "../support/receiver";
import { memberWith } from "../support/whole-office";

process.env.WEBHOOK_PRIVATE_TARGETS = "127.0.0.1";
afterAll(() => {
  delete process.env.WEBHOOK_PRIVATE_TARGETS;
});

const office = await apiOffice();
const examples = await apiExamples(office, await receiver());
const { document, expectKnown } = apiDocument();

const lacking = new Map<string, Promise<string>>();
/** A key of the owner's with every scope but this; one of each, for a person may have but so many. */
function keyWithout(scope: string): Promise<string> {
  const others = (["read", "write", "kaspi"] as const).filter((one) => one !== scope);
  const known = lacking.get(scope) ?? keyOf(office, office.owner.id, others);
  lacking.set(scope, known);
  return known;
}
const exampleOf = (id: string) => (examples[id] ?? expect.fail(`no example of ${id}`))();
const at = ({ path, query }: Example) => (query ? `${path}?${query}` : path);

describe("the document", () => {
  test("is of OpenAPI 3.1, names each operation once, and leaves no reference open", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((one) => (one as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    const named = Object.keys(document.components.schemas);
    expect(refs.length).toBeGreaterThan(20);
    expect(new Set(refs.map((ref) => ref?.replace("#/components/schemas/", "")))).toEqual(
      new Set(named),
    );
  });

  test("has an example of every operation here, and none of another", () => {
    expect(Object.keys(examples).sort()).toEqual(operations.map(({ id }) => id).sort());
  });
});

describe.each(operations.map((operation) => [operation.id, operation] as const))(
  "%s",
  (id, operation) => {
    const { method, path, query, body, params, answers } = operation;
    // No job works here: nobody waits for one.
    const inNoHurry: Record<string, string> = operation.headers?.Prefer
      ? { prefer: "respond-async" }
      : {};

    test("answers what is right as it is described, at all of its addresses", async () => {
      for (const address of [path, ...(operation.aliases ?? [])]) {
        const example = await exampleOf(id);
        const given = segmentsOf(example.path);
        const filled = segmentsOf(address).map((part, nth) =>
          part.startsWith("{") ? (given[nth] ?? "") : part,
        );
        for (const spelt of [`/${filled.join("/")}/`]) {
          const said = { body: example.body, headers: inNoHurry, key: office.keyFor(operation) };
          const answer = await office.call(method, at({ ...example, path: spelt }), said);
          expect([answer.status, answer.body]).toEqual([expect.any(Number), answer.body]);
          expect(Object.keys(answers), JSON.stringify(answer.body)).toContain(`${answer.status}`);
          expectKnown(address, method, answer);
        }
      }
    });

    test("turns away who shows no key, and a key that opens nothing", async () => {
      const example = await exampleOf(id);
      // Somebody who shows many such keys is asked to wait.
      const headers = { "x-forwarded-for": `10.0.0.${operations.indexOf(operation) + 1}` };
      for (const key of ["", "duken_nothing"]) {
        const said = { body: example.body, key, headers };
        const answer = await office.call(method, at(example), said);
        expect(answer.status).toBe(401);
        expectKnown(path, method, answer);
      }
      const withoutScope = await keyWithout(operation.scope);
      const answer = await office.call(method, at(example), {
        body: example.body,
        key: withoutScope,
      });
      expect(answer.status).toBe(403);
      expectKnown(path, method, answer);
    });

    // Whoever knows a login of Kaspi's may connect it.
    test.skipIf(operation.tag === "accounts")(
      "knows nothing of the owner's for others",
      async () => {
        const example = await exampleOf(id);
        // Who has made nothing of their own in another test.
        const key = await keyOf(office, await memberWith(office, id, storePermissions));
        const said = { body: example.body, key, headers: inNoHurry };
        const answer = await office.call(method, at(example), said);
        expectKnown(path, method, answer);
        const names = params || /"(store|product)_id"|store_id=/.test(JSON.stringify(example));
        if (names) expect([403, 404]).toContain(answer.status);
        // Who works here everybody may know, by name.
        else if (id === "listPeople") expect(answer.body.results[0]).not.toHaveProperty("email");
        else if (method === "GET" && answer.status === 200) expect(answer.body.count).toBe(0);
      },
    );

    test("names what is wrong", async () => {
      const example = await exampleOf(id);
      const ask = async (address: string, sent: unknown) => {
        const key = office.keyFor(operation);
        const answer = await office.call(method, address, { body: sent, key });
        expectKnown(path, method, answer);
        return answer;
      };
      if (query) {
        const answer = await ask(`${example.path}?colour=red`, undefined);
        expect(answer.status).toBe(422);
        expect(JSON.stringify(answer.body.details)).toContain("colour");
      }
      if (body) {
        const unknown = await ask(at(example), { ...(example.body as object), colour: "red" });
        expect(unknown.status).toBe(422);
        expect(unknown.body.details[0].path).toBe("colour");
        expect((await ask(at(example), "{")).status).toBe(400);
        expect((await ask(at(example), "[]")).status).toBe(422);
      }
      if (/[0-9a-f-]{36}/.test(example.path)) {
        const nobodys = example.path.replace(/[0-9a-f-]{36}/, crypto.randomUUID());
        expect((await ask(nobodys, example.body)).status).toBe(404);
        const none = example.path.replace(/[0-9a-f-]{36}/, "%00'");
        expect((await ask(none, example.body)).status).toBe(404);
      }
    });
  },
);
