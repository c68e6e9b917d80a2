import fc from "fast-check";
import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { realHosts } from "@/lib/kaspi/hosts";
import { type OwnOffer, readOwnOffer } from "@/lib/kaspi/own-offer";
import { preorderChange, type SalePrice } from "@/lib/kaspi/preorder-body";
import { priceChange } from "@/lib/kaspi/price-change-body";
import { fixtureJson } from "./fixtures";

function offerOf(row: object): OwnOffer {
  const offer = readOwnOffer({ sku: "A", available: true, ...row }, realHosts);
  if (!offer) throw new Error("the row cannot be read");
  return offer;
}

const at = (pointId: string, days: number) => ({ pointId, available: true, days });
const change = (
  points: { pointId: string; available: boolean; days: number; stock?: number }[],
) => ({
  merchantUid: "1",
  points,
  price: null as SalePrice | null,
});
const pointOf = (offer: OwnOffer, wish: Parameters<typeof change>[0][number]) =>
  preorderChange(offer, change([wish])).availabilities?.find(
    ({ storeId }) => storeId === wish.pointId,
  );

test("the write of a preorder comes out as it was seen on the wire", () => {
  const row = {
    sku: "108842165_364257326",
    model: "GLS Pharmaceuticals Мультивитамины Гамми",
    cityPrices: [{ cityId: "196220100", value: 19_790 }],
    availabilities: [
      { available: "yes", storeId: "11843018_041600", stockSpecified: true, stockCount: 4 },
    ],
  };
  const given = { merchantUid: "11843018", points: [at("11843018_041600", 3)], price: null };
  expect(preorderChange(offerOf(row), given)).toEqual(
    fixtureJson("pricefeed-process_preorder_2026-08.request.json"),
  );
});

test("stock stays where it is counted, and a point without any says nothing of it", () => {
  const row = {
    sku: "061077339",
    price: 330,
    availabilities: [
      { available: "yes", storeId: "30297603_PP1", stockSpecified: true, stockCount: 7 },
      { available: "no", storeId: "30297603_PP2", stockSpecified: true, stockCount: 0 },
    ],
  };
  const given = { merchantUid: "30297603", points: [at("30297603_PP2", 3)], price: null };
  expect(preorderChange(offerOf(row), given)).toEqual(
    fixtureJson("pricefeed-process_keep-stock-and-preorder_2026.request.json"),
  );
});

const counted = (count: number | null, preOrder: number | null = null) =>
  offerOf({
    price: 500,
    availabilities: [
      {
        available: "yes",
        storeId: "1_PP1",
        stockSpecified: count !== null,
        stockCount: count,
        preOrder,
      },
    ],
  });

test.each([
  ["days that were there are told to be over", counted(null, 7), at("1_PP1", 0), { preOrder: 0 }],
  ["where none were nothing is said of days", counted(null), at("1_PP1", 0), {}],
  [
    "goods that have come are counted where stock is and none is left",
    counted(0, 7),
    { ...at("1_PP1", 0), stock: 5 },
    { preOrder: 0, stockCount: 5 },
  ],
  [
    "what is left counts, not what was to come",
    counted(2, 7),
    { ...at("1_PP1", 0), stock: 5 },
    { preOrder: 0, stockCount: 2 },
  ],
  [
    "goods whose stock nobody counts stay uncounted",
    counted(null, 7),
    { ...at("1_PP1", 0), stock: 5 },
    { preOrder: 0 },
  ],
  [
    "a point that is shut says nothing of its stock",
    counted(3),
    { pointId: "1_PP1", available: false, days: 0 },
    { available: "no" },
  ],
] as const)("%s", (_title, offer, wish, said) => {
  expect(pointOf(offer, wish)).toEqual({ available: "yes", storeId: "1_PP1", ...said });
});

test("goods off sale go out with the price given, at the points given alone", () => {
  const offer = offerOf({ available: false, price: 0, minPrice: 900, availabilities: null });
  const body = preorderChange(offer, {
    ...change([at("1_PP2", 5)]),
    price: { price: tenge(4_200), cityIds: [] },
  });
  expect(body).toEqual({
    ...{ merchantUid: "1", sku: "A", price: 4_200 },
    availabilities: [{ available: "yes", storeId: "1_PP2", preOrder: 5 }],
  });
});

test("goods off sale with prices by city keep them all, but where the given one is for", () => {
  const cityPrices = [
    { cityId: "750000000", value: 5_000 },
    { cityId: "710000000", value: 5_300 },
  ];
  const offer = offerOf({ available: false, cityPrices, availabilities: null });
  const price = { price: tenge(4_200), cityIds: ["750000000", "511010000"] };
  expect(preorderChange(offer, { ...change([at("1_PP2", 5)]), price })).toMatchObject({
    cityPrices: [
      { cityId: "750000000", value: 4_200 },
      { cityId: "710000000", value: 5_300 },
    ],
  });
});

test("a price below what Kaspi takes does not leave, nor goods on sale without any", () => {
  const off = { ...change([at("1_PP1", 5)]), price: { price: tenge(9), cityIds: [] } };
  expect(() => preorderChange(counted(null), off)).toThrow("price_below_minimum");
  const bare = offerOf({ price: null, availabilities: [] });
  expect(() => preorderChange(bare, change([at("1_PP1", 5)]))).toThrow("preorder_no_price");
});

const price = fc.integer({ min: 10, max: 10_000_000 });
const point = fc.record({
  available: fc.constantFrom("yes", "no"),
  storeId: fc.constantFrom("1_PP1", "1_PP2", "1_PP3", "PP4"),
  stockSpecified: fc.boolean(),
  stockCount: fc.option(fc.integer({ min: 0, max: 99 })),
  preOrder: fc.option(fc.integer({ min: 0, max: 30 })),
});
const rows = fc.record({
  model: fc.option(fc.string({ minLength: 1 })),
  price,
  cityPrices: fc.option(
    fc.uniqueArray(
      fc.record({ cityId: fc.constantFrom("710000000", "750000000", "511010000"), value: price }),
      { selector: ({ cityId }) => cityId, minLength: 1 },
    ),
  ),
  availabilities: fc.uniqueArray(point, { selector: ({ storeId }) => storeId, minLength: 1 }),
});

test("prices are exactly those that are shown, and other points exactly as they are", () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 30 }), (row, days) => {
      const offer = offerOf(row);
      const body = preorderChange(offer, change([at("1_PP1", days)]));
      const [first] = offer.cityPrices ?? [];
      const cityId = first?.cityId ?? "750000000";
      const shown = first?.price ?? offer.price ?? tenge(10);
      const echo = priceChange(offer, { merchantUid: "1", cityId, price: shown });
      const others = (points: { storeId: string }[] = []) =>
        points.filter(({ storeId }) => storeId !== "1_PP1");
      const { availabilities, ...rest } = body;
      const { availabilities: echoed, ...echoedRest } = echo;
      expect(rest).toEqual(echoedRest);
      expect(others(availabilities)).toEqual(others(echoed));
      for (const one of availabilities ?? []) {
        expect(one.storeId).toMatch(/^1_/);
        expect(one).not.toHaveProperty("stockCount", null);
      }
    }),
  );
});
