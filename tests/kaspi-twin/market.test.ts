import { expect, test } from "vitest";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { twinForTest } from "./visitor";

const almaty = "750000000";
const astana = "710000000";
const merchantUid = "30518274";
const minute = 60_000;
const hour = 60 * minute;

type Place = { cardId: string; cityId: string };

function cards(twin: Twin, limit = 300): (Place & { sku: string })[] {
  return twin
    .offers({ merchantUid, onSale: true, limit })
    .map(({ cardId, sku }) => ({ cardId, sku, cityId: almaty }));
}

function rivals(twin: Twin, place: Place) {
  return twin.market(place).filter((one) => one.merchantId !== merchantUid);
}

/** Every rival's price on every card, by card and rival. */
function prices(twin: Twin, places: Place[]): Map<string, number> {
  const all = places.flatMap((place) =>
    rivals(twin, place).map((one) => [`${place.cardId} ${one.merchantId}`, one.price] as const),
  );
  return new Map(all);
}

function share(before: Map<string, number>, is: (price: number, key: string) => boolean): number {
  return [...before].filter(([key, price]) => is(price, key)).length / before.size;
}

function priceAll(twin: Twin, places: { sku: string }[], price: number): void {
  for (const { sku } of places) twin.changeOffer({ merchantUid, sku, price, cityPrices: null });
}

test("the same seed and moment give the same market, another seed another one", async () => {
  const one = await twinForTest({ seed: "a" });
  const same = await twinForTest({ seed: "a" });
  const other = await twinForTest({ seed: "b" });
  const catalogue = (twin: Twin) => twin.offers({ merchantUid, limit: 50 });
  expect(catalogue(same)).toEqual(catalogue(one));
  expect(catalogue(other)).not.toEqual(catalogue(one));
  const markets = (twin: Twin) => cards(twin, 50).map((place) => rivals(twin, place));
  expect(markets(same)).toEqual(markets(one));
});

test("most of the market stands still for a day, some of it moves", async () => {
  const twin = await twinForTest();
  const places = cards(twin);
  const before = prices(twin, places);
  twin.advance({ ms: 24 * hour });
  const after = prices(twin, places);
  const moved = share(before, (price, key) => after.get(key) !== price);
  expect(moved).toBeGreaterThan(0.1);
  expect(moved).toBeLessThan(0.6);
});

test("rivals answer to our price after minutes, not at once, and never below their floor", async () => {
  const twin = await twinForTest();
  const places = cards(twin);
  const before = prices(twin, places);
  priceAll(twin, places, 10);
  expect(prices(twin, places)).toEqual(before);
  twin.advance({ ms: minute });
  const soon = prices(twin, places);
  twin.advance({ ms: 20 * minute });
  const later = prices(twin, places);
  const fallen = (now: Map<string, number>, by: number) =>
    share(before, (price, key) => (now.get(key) ?? 0) < price * by);
  expect(fallen(soon, 1)).toBeLessThan(0.02);
  expect(fallen(later, 1)).toBeGreaterThan(0.1);
  expect(fallen(later, 0.75)).toBe(0);
});

test("rivals rise again when we do", async () => {
  const twin = await twinForTest();
  const places = cards(twin);
  const level = () => [...prices(twin, places).values()].reduce((sum, price) => sum + price, 0);
  const before = level();
  priceAll(twin, places, 10);
  twin.advance({ ms: 20 * minute });
  const low = level();
  priceAll(twin, places, 5_000_000);
  twin.advance({ ms: 20 * minute });
  expect(low).toBeLessThan(before);
  expect(level()).toBeGreaterThan(low);
});

test("a frozen market stands still until it thaws", async () => {
  const twin = await twinForTest();
  twin.freezeMarket();
  const before = cards(twin).map((place) => rivals(twin, place));
  twin.advance({ ms: 24 * hour });
  expect(cards(twin).map((place) => rivals(twin, place))).toEqual(before);
  twin.thawMarket();
  expect(cards(twin).map((place) => rivals(twin, place))).not.toEqual(before);
});

test("rivals can be set, moved, taken away and given back, one city at a time", async () => {
  const twin = await twinForTest();
  const [place] = cards(twin, 1);
  if (!place) throw new Error("no card");
  const elsewhere = { ...place, cityId: astana };
  const [ownBefore, elsewhereBefore] = [rivals(twin, place), rivals(twin, elsewhere)];
  const set = [
    { merchantId: "111", price: 1_000 },
    { merchantId: "222", price: 1_100, rating: 4.5, preorder: 3 },
  ];
  twin.setRivals({ ...place, rivals: set });
  const prices = () => rivals(twin, place).map(({ merchantId, price }) => [merchantId, price]);
  expect(prices()).toEqual([
    ["111", 1_000],
    ["222", 1_100],
  ]);
  twin.advance({ ms: 24 * hour });
  expect(prices()).toHaveLength(2);

  twin.changeRival({ ...place, by: -300 });
  twin.changeRival({ ...place, merchantId: "222", price: 1_500 });
  expect(prices()).toEqual([
    ["111", 700],
    ["222", 1_500],
  ]);
  expect(twin.removeRival(place)).toMatchObject({ merchantId: "111" });
  expect(prices()).toEqual([["222", 1_500]]);
  twin.setRivals({ ...place, rivals: [] });
  expect(prices()).toEqual([]);
  expect(() => twin.changeRival({ ...place, by: 1 })).toThrow("no rival");
  expect(rivals(twin, elsewhere).length).toBe(elsewhereBefore.length);

  twin.clearRivals({ cardId: place.cardId });
  expect(rivals(twin, place).map(({ merchantId }) => merchantId)).toEqual(
    ownBefore.map(({ merchantId }) => merchantId),
  );
});

test("moving a rival of the seeded market leaves the others where they are", async () => {
  const twin = await twinForTest();
  twin.freezeMarket();
  const place = cards(twin).find((one) => rivals(twin, one).length > 5);
  if (!place) throw new Error("no crowded card");
  const before = rivals(twin, place);
  const dropped = twin.changeRival({ ...place, merchantId: before[3]?.merchantId, price: 50 });
  expect(rivals(twin, place)[0]).toMatchObject({ merchantId: dropped.merchantId, price: 50 });
  expect(rivals(twin, place).slice(1)).toEqual(
    before.filter(({ merchantId }) => merchantId !== dropped.merchantId),
  );
});
