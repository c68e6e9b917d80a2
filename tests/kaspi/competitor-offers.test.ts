import { expect, test } from "vitest";
import { readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { failure } from "./failures";
import { fixture, fixtureJson } from "./fixtures";
import { type Answer, noWait, startStub, storefrontAnswering, transportTo } from "./stub-server";

const card = { cardId: "102298404", cityId: "750000000" };
const seller = (merchantId: number, price: unknown, more = {}) => ({
  merchantId: String(merchantId),
  merchantName: `Shop ${merchantId}`,
  price,
  ...more,
});
const answer = (offers: unknown[], total: unknown = offers.length) => ({
  body: JSON.stringify({ offers, total }),
});

async function readFrom(reply: Answer) {
  const { storefront, seen } = await storefrontAnswering(reply);
  return { market: await readCompetitorOffers(storefront, card), seen };
}

test("the sellers of a card are read with price, rating, delivery and preorder", async () => {
  const body = fixture("offer-view-offers_102298404_2026-09-18.response.json");
  const { market } = await readFrom({ body });
  expect(market).toMatchObject({ total: 20, unreadable: 0 });
  expect(market.offers.slice(0, 3)).toEqual([
    {
      merchantId: "11271005",
      merchantName: "Tehno Trade",
      price: 361_788,
      rating: 4.8,
      reviews: 231,
      delivery: "days_5",
      deliveryAt: "2026-09-21T18:00:00.000Z",
      preorderDays: 0,
    },
    {
      merchantId: "30463420",
      merchantName: "MOOD PLACE",
      price: 361_794,
      rating: null,
      reviews: null,
      delivery: "days_7",
      deliveryAt: "2026-09-24T09:00:00.000Z",
      preorderDays: 5,
    },
    expect.objectContaining({ merchantId: "12942011", price: 362_000, delivery: "tomorrow" }),
  ]);
});

test("what a seller calls itself cannot stop us: Postgres takes neither NUL nor half a character", async () => {
  const odd = seller(1, 10, { merchantName: "Shop\0 \uD83D№ 1" });
  const { market } = await readFrom(answer([odd, seller(2, 20, { merchantId: "2\0" })]));
  expect(market.offers.map(({ merchantName }) => merchantName)).toEqual(["Shop № 1"]);
  expect(market.unreadable).toBe(1);
});

test("an unknown card has no sellers", async () => {
  const { market } = await readFrom({
    body: fixture("offer-view-offers_unknown-product.response.json"),
  });
  expect(market).toEqual({ offers: [], total: 0, unreadable: 0 });
});

test("the question is the one the product page asks", async () => {
  const { seen } = await readFrom(answer([]));
  const [request] = seen;
  expect(request).toMatchObject({ method: "POST", url: "/yml/offer-view/offers/102298404" });
  expect(JSON.parse(request?.body ?? "")).toEqual(
    fixtureJson("offer-view-offers_min-body.request.json"),
  );
  const sample = fixture("offer-view-offers_request-headers.txt").trim().split("\n");
  for (const line of sample) {
    const [name = "", value] = line.split(/: (.*)/);
    expect(request?.headers[name.toLowerCase()], name).toBe(value);
  }
});

test.each<[string, Answer, object]>([
  [
    "405",
    { status: 405, body: fixture("offer-view-offers_error_405.json") },
    { kind: "kaspi_address_refused", params: { status: 405 } },
  ],
  ["403", { status: 403, body: "{}" }, { kind: "kaspi_address_refused", retryAfterMs: 15_000 }],
  [
    "403 with a page",
    { status: 403, headers: { "content-type": "text/html" }, body: "<html>" },
    { kind: "kaspi_address_refused", retryAfterMs: 15_000 },
  ],
  [
    "403 with a time",
    { status: 403, headers: { "retry-after": "40" } },
    { kind: "kaspi_address_refused", retryAfterMs: 40_000 },
  ],
  [
    "a page with 200",
    {
      headers: { "content-type": "text/html" },
      body: fixture("offer-view-offers_antibot_200.html"),
    },
    { kind: "kaspi_address_refused", retryAfterMs: undefined },
  ],
  [
    "a page called JSON",
    { body: fixture("offer-view-offers_antibot_200.html") },
    { kind: "kaspi_address_refused" },
  ],
  [
    "429",
    { status: 429, headers: { "retry-after": "5" } },
    { kind: "kaspi_throttled", retryAfterMs: 5_000 },
  ],
  ["401", { status: 401 }, { kind: "kaspi_rejected" }],
  ["404", { status: 404 }, { kind: "kaspi_not_found" }],
  ["503 with a page", { status: 503, body: "<html>" }, { kind: "kaspi_unreachable" }],
  ["a redirect", { status: 302, headers: { location: "/" } }, { kind: "kaspi_malformed" }],
  ["nothing", { body: "" }, { kind: "kaspi_malformed" }],
  ["an answer without offers", { body: '{"total":0}' }, { kind: "kaspi_malformed" }],
  ["offers that are none", { body: '{"offers":null,"total":0}' }, { kind: "kaspi_malformed" }],
  ["a bare list", { body: "[]" }, { kind: "kaspi_malformed" }],
  ["no offers of twenty", answer([], 20), { kind: "kaspi_malformed" }],
  [
    "only rows that cannot be read",
    answer([{ price: 5 }, seller(1, null)]),
    { kind: "kaspi_malformed" },
  ],
  [
    "more rows than were asked for",
    answer(Array.from({ length: 65 }, (_, n) => seller(n, 50))),
    { kind: "kaspi_malformed" },
  ],
])("%s is never a market without rivals", async (_what, reply, expected) => {
  const { storefront } = await storefrontAnswering(reply);
  expect(await failure(readCompetitorOffers(storefront, card))).toMatchObject(expected);
});

test("a row without a price is skipped and counted, the others are kept", async () => {
  const rows = [seller(1, 0), seller(2, 500.0), seller(3, -5), { price: 9 }, seller(4, "x"), null];
  const { market } = await readFrom(answer(rows));
  expect(market.offers.map(({ merchantId }) => merchantId)).toEqual(["2"]);
  expect(market).toMatchObject({ total: 6, unreadable: 5 });
});

test.each([
  [361_788.0, 361_788],
  ["361788.0", 361_788],
  [99.5, 100],
  [99.49, 99],
  [0.5, 1],
])("a price of %j is %i whole tenge", async (shown, price) => {
  const { market } = await readFrom(answer([seller(1, shown)]));
  expect(market.offers[0]?.price).toBe(price);
});

test("the cheapest comes first, whatever the order of the answer", async () => {
  const { market } = await readFrom(answer([seller(1, 300), seller(2, 100), seller(3, 200)]));
  expect(market.offers.map(({ price }) => price)).toEqual([100, 200, 300]);
});

test.each<[object, object]>([
  [{ merchantRating: 0.0 }, { rating: null }],
  [
    { merchantRating: null, merchantReviewsQuantity: null },
    { rating: null, reviews: null },
  ],
  [
    { merchantId: 77, merchantName: null },
    { merchantId: "77", merchantName: "77" },
  ],
  [{ deliveryDuration: "EXPRESS" }, { delivery: "express" }],
  [{ deliveryDuration: "TODAY" }, { delivery: "today" }],
  [{ deliveryDuration: "TILL_2_DAYS" }, { delivery: "days_2" }],
  [{ deliveryDuration: "SOMEDAY" }, { delivery: null }],
  [{ delivery: 1_789_000_000_000 }, { deliveryAt: "2026-09-10T00:26:40.000Z" }],
  [{ delivery: "завтра" }, { deliveryAt: null }],
  [{ preorder: null }, { preorderDays: 0 }],
])("a row with %j is read as %j", async (more, expected) => {
  const { market } = await readFrom(answer([seller(1, 100, more)]));
  expect(market.offers[0]).toMatchObject(expected);
});

async function cardWith(count: number) {
  const rows = Array.from({ length: count }, (_, index) => seller(index, 1_000 + index));
  const stub = await startStub((request) => {
    const { page, limit } = JSON.parse(request.body) as { page: number; limit: number };
    return answer(rows.slice(page * limit, (page + 1) * limit), count);
  });
  return { storefront: { transport: transportTo(stub.url), acquireSlot: noWait }, seen: stub.seen };
}

test.each([
  [64, 64, 1],
  [65, 65, 2],
  [256, 256, 4],
  [400, 256, 4],
])("of %i sellers %i are read with %i questions", async (count, read, questions) => {
  const { storefront, seen } = await cardWith(count);
  const market = await readCompetitorOffers(storefront, card);
  expect(market.total).toBe(count);
  expect(market.offers).toHaveLength(read);
  expect(seen).toHaveLength(questions);
});

test("a seller that slides to the next page while we read is counted once", async () => {
  const { storefront } = await cardWith(0);
  const stub = await startStub((request) => {
    const { page } = JSON.parse(request.body) as { page: number };
    const from = page === 0 ? 0 : 63;
    return answer(
      Array.from({ length: page === 0 ? 64 : 3 }, (_, n) => seller(from + n, 10 + n)),
      66,
    );
  });
  const market = await readCompetitorOffers(
    { ...storefront, transport: transportTo(stub.url) },
    card,
  );
  expect(market.offers).toHaveLength(66);
});

test("every page waits for its slot", async () => {
  const { storefront } = await cardWith(130);
  let slots = 0;
  const acquireSlot = async () => {
    slots += 1;
  };
  await readCompetitorOffers({ ...storefront, acquireSlot }, card);
  expect(slots).toBe(3);
});

test.each([
  [{ cardId: "102298404_940231519", cityId: "750000000" }],
  [{ cardId: "../merchant", cityId: "750000000" }],
  [{ cardId: "", cityId: "750000000" }],
  [{ cardId: "102298404", cityId: "" }],
  [{ cardId: "102298404", cityId: "Алматы" }],
])("%j is refused before anything is asked", async (wrong) => {
  const { storefront, seen } = await storefrontAnswering(answer([]));
  expect(await failure(readCompetitorOffers(storefront, wrong))).toMatchObject({ kind: "invalid" });
  expect(seen).toHaveLength(0);
});
