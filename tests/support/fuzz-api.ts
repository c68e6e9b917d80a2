import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Method, Operation } from "@/lib/api/operation";
import { operations } from "@/lib/api/registry";
import { routeTable, segmentsOf } from "@/lib/api/route-table";
import { products } from "@/lib/db/schema/products";
import { apiOffice } from "./api";
import { within } from "./api-access";
import { apiDocument } from "./api-document";
import { apiExamples, type Example } from "./api-examples";
import { receiver } from "./receiver";
import { type Pools, validInputs } from "./schema-inputs";
import { leaks } from "./spoilt-inputs";
import { type Sent, spoiltRequests } from "./spoilt-requests";
import { surprises } from "./surprises";

/** What is honest above 500: a phone that has no shops, and a login by the browser that is not there. */
function faultOf({ id }: Operation, body = ""): string | null {
  if (id === "startSms") return "kaspi_rejected";
  return id === "authenticate" && body.includes('"browser"') ? "unavailable" : null;
}

/** A refusal in words, of all the fields that are named. */
const A_LOT = 50_000;

/**
 * Every operation with what nobody meant, as the owner, who gets furthest in. `times`: with how many requests
 * each, and the same ones if there is a seed.
 */
export async function fuzzApi(times: { requests: number; seed?: number }): Promise<void> {
  process.env.WEBHOOK_PRIVATE_TARGETS = "127.0.0.1";
  afterAll(() => {
    delete process.env.WEBHOOK_PRIVATE_TARGETS;
  });
  const seed = times.seed ?? Math.floor(Math.random() * 2 ** 31);
  const office = await apiOffice();
  const examples = await apiExamples(office, await receiver());
  const ids = await idsOf(office);
  const { expectKnown, expectFailure } = apiDocument();
  const placeOf = routeTable<Operation>(operations, (operation) => operation);
  // Half a minute passes at once: no job works here, and a sync that is waited for is not over in time.
  const hurried = { ...office.access, sleep: async () => {} };

  /** Which operation it would be, if its address is one of the API's. */
  function meant(method: string, address: string) {
    const { pathname } = new URL(`http://inside/api/v1${address}`);
    const place = placeOf(segmentsOf(pathname.slice("/api/v1/".length)));
    return { place, operation: place?.byMethod.get(method as Method) };
  }

  async function send({ method, path, query, headers, body }: Sent) {
    const address = query ? `${path}?${query}` : path;
    const asked = method === "HEAD" ? "GET" : method;
    const { place, operation } = meant(asked, address);
    const said = { headers, ...(body !== undefined && asked !== "GET" && { body }) };
    const { result, told } = await surprises(() => office.call(method, address, said));
    expect(told).toEqual([]);
    const text = JSON.stringify(result.body);
    expect(text).not.toMatch(leaks);
    if (operation) expectKnown(operation.path, asked, result);
    else {
      expect(result.status).toBe(place ? 405 : 404);
      expectFailure(result);
    }
    if (result.status >= 400) expect(text.length).toBeLessThan((body ?? query).length + A_LOT);
    if (result.status >= 500) expect(operation && faultOf(operation, body)).toBe(result.body.code);
    return result;
  }

  describe.each(operations.map((operation) => [operation.id, operation] as const))(
    "%s",
    (id, operation) => {
      test("is surprised by nothing, gives nothing away and answers as it is described", async () => {
        const bodies = operation.body ? validInputs(operation.body, ids, 30) : [];
        if (operation.body) expect(bodies.length).toBeGreaterThan(0);
        const exampleOf = examples[id] ?? expect.fail(`no example of ${id}`);
        let example: Example | null = null;
        await within(hurried, async () => {
          for (let nth = 0; nth < times.requests; nth += 1) {
            example ??= await exampleOf();
            const requests = spoiltRequests(operation, example, bodies);
            const own = seed + nth + 10_000 * operations.indexOf(operation);
            const [sent] = fc.sample(requests, { numRuns: 1, seed: own });
            if (!sent) throw new Error("nothing to send");
            const answer = await send(sent).catch((cause) => {
              const what = JSON.stringify(sent).slice(0, 3_000);
              throw new Error(`seed ${seed}, request ${nth}: ${what}`, { cause });
            });
            // What has been done well may be there no more.
            if (answer.status < 300 && operation.method !== "GET") example = null;
          }
        });
      });
    },
  );
}

async function taskIds({ call, owner }: Awaited<ReturnType<typeof apiOffice>>): Promise<Pools> {
  const { body } = await call("POST", "/categories/", { body: { name: "Склад" } });
  return {
    category_id: [body.id],
    user_ids: [owner.id],
    id: [crypto.randomUUID()],
    order_id: [crypto.randomUUID()],
  };
}

/** Ids of what is there, by the names that fields call them. */
async function idsOf(office: Awaited<ReturnType<typeof apiOffice>>): Promise<Pools> {
  const { db } = office.access;
  const rows = await db
    .select({ id: products.id, storeId: products.storeId, card: products.cardId })
    .from(products)
    .limit(5);
  const productIds = rows.map(({ id }) => id);
  return {
    store_id: [rows[0]?.storeId ?? ""],
    product_id: productIds,
    product_ids: [...productIds, "100"],
    sku: rows.flatMap(({ card }) => card ?? []),
    user_id: [office.owner.id],
    session_id: [crypto.randomUUID()],
    city_id: ["750000000"],
    ...(await taskIds(office)),
  };
}
