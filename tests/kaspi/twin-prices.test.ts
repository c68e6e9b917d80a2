import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { changePrice } from "@/lib/kaspi/change-price";
import { readCompetitorOffers } from "@/lib/kaspi/competitor-offers";
import { findOwnOffer, listOwnOffers } from "@/lib/kaspi/own-offers";
import { listPickupPoints } from "@/lib/kaspi/pickup-points";
import { priceChange } from "@/lib/kaspi/price-change-body";
import type { CabinetSession } from "@/lib/kaspi/session";
import { failure } from "./failures";
import { trainingKaspi } from "./on-twin";

const on = trainingKaspi();
const merchantUid = "17203946";

async function walk(cabinet: CabinetSession, merchant: string) {
  const first = await listOwnOffers(cabinet, { merchantUid: merchant, page: 0 });
  const offers = [...first.offers];
  let unreadable = first.unreadable;
  for (let page = 1; offers.length + unreadable < first.total; page += 1) {
    const next = await listOwnOffers(cabinet, { merchantUid: merchant, page });
    if (next.offers.length === 0) break;
    offers.push(...next.offers);
    unreadable += next.unreadable;
  }
  return { offers, total: first.total, unreadable };
}

test("a thousand offers are walked to the end, each once", async () => {
  const { offers, total, unreadable } = await walk(await on.cabinetOf("demo"), "30518274");
  expect(total).toBe(1_000);
  expect(unreadable).toBe(0);
  expect(new Set(offers.map(({ sku }) => sku)).size).toBe(1_000);
});

test("offers on sale and removed ones together are all offers", async () => {
  const cabinet = await on.cabinetOf("demo");
  const count = async (onSale: boolean) =>
    (await listOwnOffers(cabinet, { merchantUid: "30518274", page: 0, pageSize: 10, onSale }))
      .total;
  expect((await count(true)) + (await count(false))).toBe(1_000);
});

test("a nonsense row is counted and costs no other", async () => {
  on.twin.setFault({ name: "list_bad_row" });
  const page = await listOwnOffers(await on.cabinetOf("small"), { merchantUid, page: 0 });
  expect(page).toMatchObject({ unreadable: 1 });
  expect(page.offers).toHaveLength(49);
});

test.each([
  ["garbled_json", "kaspi_malformed"],
  ["half_answer", "kaspi_unreachable"],
  ["list_fails", "kaspi_unreachable"],
] as const)("%s is no shorter list", async (name, kind) => {
  const cabinet = await on.cabinetOf("small");
  on.twin.setFault({ name, at: ["list"] });
  const asked = listOwnOffers(cabinet, { merchantUid, page: 0 });
  expect(await failure(asked)).toMatchObject({ kind });
});

test("pickup points carry the merchant and know their city", async () => {
  const cities = await listPickupPoints(await on.cabinetOf("small"), merchantUid);
  expect(cities.length).toBeGreaterThan(0);
  for (const point of cities.flatMap(({ points }) => points)) {
    expect(point.id).toBe(`${merchantUid}_${point.label}`);
  }
});

test("every offer's prices are what the shop really asks", async () => {
  const { offers } = await walk(await on.cabinetOf("small"), merchantUid);
  for (const truth of on.twin.offers({ merchantUid })) {
    const offer = offers.find(({ sku }) => sku === truth.sku);
    expect(offer?.cardId).toBe(truth.cardId);
    for (const [cityId, price] of Object.entries(truth.prices)) {
      expect(offer?.cityPrice(cityId), `${truth.sku} in ${cityId}`).toBe(price);
    }
  }
});

test("every offer gets its price and keeps its points, stock, preorder and other cities", async () => {
  const cabinet = await on.cabinetOf("small");
  const { offers } = await walk(cabinet, merchantUid);
  const cityId = "750000000";
  for (const offer of offers.filter(({ onSale }) => onSale)) {
    const before = on.twin.offer({ merchantUid, sku: offer.sku });
    const price = tenge((offer.cityPrice(cityId) ?? 1_000) + 7);
    const body = priceChange(offer, { merchantUid, cityId, price });
    on.twin.forgiveLimits();
    expect((await changePrice(cabinet, { merchantUid, body })).processId).toMatch(/^[0-9a-f]{24}$/);
    on.twin.advance({ ms: 10_000 });
    const after = on.twin.offer({ merchantUid, sku: offer.sku });
    expect(after).toMatchObject({ onSale: true, model: before.model });
    expect(after.points?.map(withPreorder)).toEqual(before.points?.map(withPreorder));
    const shown = await findOwnOffer(cabinet, { merchantUid, sku: offer.sku });
    expect(shown?.cityPrice(cityId)).toBe(price);
    for (const city of offer.cityPrices ?? []) {
      if (city.cityId !== cityId) expect(shown?.cityPrice(city.cityId)).toBe(city.price);
    }
  }
});

/** No preorder and one of 0 days are the same; a write leaves both out. */
function withPreorder<Point extends { preOrder: number | null }>(point: Point) {
  return { ...point, preOrder: point.preOrder ?? 0 };
}

test("a change on its way is pending until it is applied", async () => {
  const cabinet = await on.cabinetOf("small");
  const [offer] = (await listOwnOffers(cabinet, { merchantUid, page: 0, onSale: true })).offers;
  if (!offer) throw new Error("no offer on sale");
  const wanted = { merchantUid, cityId: "750000000", price: tenge(77_777) };
  await changePrice(cabinet, { merchantUid, body: priceChange(offer, wanted) });
  expect((await findOwnOffer(cabinet, { merchantUid, sku: offer.sku }))?.pending).toBe(true);
  on.twin.advance({ ms: 10_000 });
  expect((await findOwnOffer(cabinet, { merchantUid, sku: offer.sku }))?.pending).toBe(false);
});

test("an article of nobody is not found", async () => {
  const cabinet = await on.cabinetOf("small");
  expect(await findOwnOffer(cabinet, { merchantUid, sku: "nothing-like-it" })).toBeNull();
});

test("too many writes stop the login for half an hour", async () => {
  const cabinet = await on.cabinetOf("small");
  const [offer] = (await listOwnOffers(cabinet, { merchantUid, page: 0, onSale: true })).offers;
  if (!offer) throw new Error("no offer on sale");
  on.twin.setFault({ name: "writes_throttled" });
  const body = priceChange(offer, { merchantUid, cityId: "750000000", price: tenge(5_000) });
  expect(await failure(changePrice(cabinet, { merchantUid, body }))).toMatchObject({
    kind: "kaspi_throttled",
    retryAfterMs: 30 * 60_000,
  });
});

async function anOfferOnSale() {
  const offers = on.twin.offers({ merchantUid: "30518274", onSale: true });
  const [offer] = offers;
  if (!offer) throw new Error("the shop sells nothing");
  return offer;
}

test("the market of a card is what the shop shows, our own offer among it", async () => {
  const { cardId } = await anOfferOnSale();
  on.twin.freezeMarket();
  const card = { cardId, cityId: "750000000" };
  const market = await readCompetitorOffers(on.storefront, card);
  const truth = on.twin.market(card);
  expect(market.total).toBe(truth.length);
  expect(market.offers.map(({ merchantId, price }) => [merchantId, price])).toEqual(
    truth.map(({ merchantId, price }) => [merchantId, price]),
  );
  expect(market.offers.map(({ merchantId }) => merchantId)).toContain("30518274");
  on.twin.thawMarket();
});

test("a card nobody knows has no sellers", async () => {
  const card = { cardId: "999999999999", cityId: "750000000" };
  expect(await readCompetitorOffers(on.storefront, card)).toMatchObject({ offers: [], total: 0 });
});

test.each([
  ["storefront_403", { kind: "kaspi_address_refused", retryAfterMs: 15_000 }],
  ["storefront_405", { kind: "kaspi_address_refused" }],
  ["storefront_html", { kind: "kaspi_address_refused" }],
  ["storefront_429", { kind: "kaspi_throttled", retryAfterMs: 15_000 }],
  ["connection_reset", { kind: "kaspi_unreachable" }],
  ["half_answer", { kind: "kaspi_unreachable" }],
  ["garbled_json", { kind: "kaspi_malformed" }],
] as const)("%s is never a market without rivals", async (name, expected) => {
  const { cardId } = await anOfferOnSale();
  on.twin.setFault({ name, at: ["offers"] });
  const asked = readCompetitorOffers(on.storefront, { cardId, cityId: "750000000" });
  expect(await failure(asked)).toMatchObject(expected);
});
