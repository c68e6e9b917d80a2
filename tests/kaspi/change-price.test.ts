import { expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { changePrice } from "@/lib/kaspi/change-price";
import type { PriceChangeBody } from "@/lib/kaspi/price-change-body";
import { failure } from "./failures";
import { fixture, fixtureAnswer } from "./fixtures";
import { type Answer, cabinetAnswering } from "./stub-server";

const body: PriceChangeBody = { merchantUid: "30297603", sku: "061077339", price: tenge(330) };
const merchantUid = "30297603";

async function sent(answer: Answer, write: PriceChangeBody = body) {
  const { cabinet, seen } = await cabinetAnswering(answer);
  return { outcome: changePrice(cabinet, { merchantUid, body: write }), seen };
}

test("an accepted write has the id of its processing", async () => {
  const { outcome, seen } = await sent({ body: fixture("pricefeed-process.response.json") });
  expect(await outcome).toEqual({ processId: "6a8dc59b8a65bb037355fa6c" });
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ method: "POST", url: "/pricefeed/upload/merchant/process" });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual(body);
});

test.each(['{"status":"success"}', "{}", '{"id":null}', '{"id":{}}', '{"id":""}'])(
  "%s is accepted without an id",
  async (reply) => {
    expect(await (await sent({ body: reply })).outcome).toEqual({ processId: null });
  },
);

test("a numeric id is an id", async () => {
  expect(await (await sent({ body: '{"id":42}' })).outcome).toEqual({ processId: "42" });
});

test.each<[string, Answer, object]>([
  [
    "the recorded 429",
    fixtureAnswer("pricefeed-process_error_429.http"),
    { kind: "kaspi_throttled", retryAfterMs: 30 * 60_000 },
  ],
  [
    "429 that names less than the ban",
    { status: 429, headers: { "retry-after": "1" } },
    { kind: "kaspi_throttled", retryAfterMs: 30 * 60_000 },
  ],
  [
    "429 to come back at once",
    { status: 429, headers: { "retry-after": "0" } },
    { kind: "kaspi_throttled", retryAfterMs: 30 * 60_000 },
  ],
  [
    "429 that names more",
    { status: 429, headers: { "retry-after": "3600" } },
    { kind: "kaspi_throttled", retryAfterMs: 60 * 60_000 },
  ],
  ["401", { status: 401 }, { kind: "kaspi_session_expired" }],
  ["403", { status: 403 }, { kind: "kaspi_session_expired" }],
  ["400", { status: 400, body: '{"message":"x"}' }, { kind: "kaspi_rejected" }],
  ["500", { status: 500 }, { kind: "kaspi_unreachable" }],
  [
    "the login page",
    { headers: { "content-type": "text/html" }, body: "<html>" },
    { kind: "kaspi_session_expired" },
  ],
  ["text", { headers: { "content-type": "text/plain" }, body: "OK" }, { kind: "kaspi_malformed" }],
  ["a bare list", { body: "[]" }, { kind: "kaspi_malformed" }],
])("%s is not an accepted write", async (_what, answer, expected) => {
  expect(await failure((await sent(answer)).outcome)).toMatchObject(expected);
});

test.each<[string, PriceChangeBody]>([
  ["below 10 ₸", { ...body, price: 9 as Tenge }],
  ["with a part of a tenge", { ...body, price: 10.5 as Tenge }],
  [
    "below 10 ₸ in one city",
    { merchantUid, sku: "A", cityPrices: [{ cityId: "71", value: 0 as Tenge }] },
  ],
  ["for another shop", { ...body, merchantUid: "1" }],
])("a write %s never leaves", async (_what, write) => {
  const { outcome, seen } = await sent({ body: "{}" }, write);
  expect(await failure(outcome)).toMatchObject({ kind: "invalid" });
  expect(seen).toHaveLength(0);
});
