import fc from "fast-check";
import { expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { realHosts } from "@/lib/kaspi/hosts";
import { type OwnOffer, readOwnOffer } from "@/lib/kaspi/own-offer";
import { type PriceChangeBody, priceChange } from "@/lib/kaspi/price-change-body";
import { fixtureJson } from "./fixtures";

function offerOf(row: object): OwnOffer {
  const offer = readOwnOffer({ sku: "A", available: true, ...row }, realHosts);
  if (!offer) throw new Error("the row cannot be read");
  return offer;
}

function firstRow(name: string): object {
  return (fixtureJson(name) as { data: object[] }).data[0] ?? {};
}

const change = (price: number, cityId = "750000000", merchantUid = "30067228") => ({
  merchantUid,
  cityId,
  price: price as Tenge,
});

test("the cabinet's own write comes out, letter for letter", () => {
  const row = {
    sku: "142489673_234696637",
    model: "Дженга Настольная игра «Башня»",
    cityPrices: [{ cityId: "710000000", value: 49_000 }],
    availabilities: [
      { available: "yes", storeId: "30067228_PP1", stockSpecified: true, stockCount: 1 },
    ],
  };
  expect(priceChange(offerOf(row), change(50_000, "710000000"))).toEqual(
    fixtureJson("pricefeed-process_city-price_2026-08-12.request.json"),
  );
});

test("stock where it is managed, preorder where there is one, model only when known", () => {
  const row = {
    sku: "061077339",
    model: null,
    availabilities: [
      {
        available: "yes",
        storeId: "30297603_PP1",
        stockSpecified: true,
        stockCount: 9,
        preOrder: 0,
      },
      {
        available: "yes",
        storeId: "30297603_PP2",
        stockSpecified: false,
        stockCount: null,
        preOrder: 3,
      },
    ],
    stocks: [{ stockLevel: { "30297603_PP1": { value: 7 } } }],
  };
  expect(priceChange(offerOf(row), change(330, "750000000", "30297603"))).toEqual(
    fixtureJson("pricefeed-process_keep-stock-and-preorder_2026.request.json"),
  );
});

test("stock and preorder of one point go together", () => {
  const row = {
    sku: "108842165_364257326",
    model: "GLS Pharmaceuticals Мультивитамины Гамми",
    cityPrices: [{ cityId: "196220100", value: 20_000 }],
    availabilities: [
      {
        available: "yes",
        storeId: "11843018_041600",
        stockSpecified: true,
        stockCount: 4,
        preOrder: 3,
      },
    ],
  };
  expect(priceChange(offerOf(row), change(19_790, "196220100", "11843018"))).toEqual(
    fixtureJson("pricefeed-process_preorder_2026-08.request.json"),
  );
});

test.each([
  ["not said", null],
  ["none", []],
])(
  "an offer whose points are %s is priced without them: left out is off sale",
  (_, availabilities) => {
    const row = { sku: "061077339", availabilities };
    expect(priceChange(offerOf(row), change(330, "750000000", "30297603"))).toEqual(
      fixtureJson("pricefeed-process_single-price_2025-05.request.json"),
    );
  },
);

test("an offer with its price by city keeps its preorder on its way", () => {
  const offer = offerOf(firstRow("bff-offer-view-list_active_2026-09-15.response.json"));
  expect(priceChange(offer, change(246_999, "710000000", "6871008"))).toEqual({
    merchantUid: "6871008",
    sku: "VE804",
    model: "мини-диван прямой Веста, обивка велюр, 155х80х79 см, темно-серый [Anfora 27]",
    availabilities: [{ available: "yes", storeId: "6871008_PP3", preOrder: 11 }],
    cityPrices: [{ cityId: "710000000", value: 246_999 }],
  });
});

test("a city that had no price of its own is added to those that have", () => {
  const row = { cityPrices: [{ cityId: "710000000", value: 500 }] };
  expect(priceChange(offerOf(row), change(400))).toMatchObject({
    cityPrices: [
      { cityId: "710000000", value: 500 },
      { cityId: "750000000", value: 400 },
    ],
  });
});

test("a point without the merchant in front gets it", () => {
  const availabilities = [{ available: "no", storeId: "SHOP_A" }];
  expect(priceChange(offerOf({ availabilities }), change(400)).availabilities).toEqual([
    { available: "no", storeId: "30067228_SHOP_A" },
  ]);
});

test.each([9, 0, -1, 10.5, Number.NaN, Number.POSITIVE_INFINITY])(
  "a price of %d is refused",
  (price) => {
    expect(() => priceChange(offerOf({}), change(price))).toThrow("price_below_minimum");
  },
);

const cityIds = ["750000000", "710000000", "511010000", "151010000"];
const count = fc.option(fc.integer({ min: 0, max: 500 }), { nil: null });

const row = fc.record({
  model: fc.option(
    fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
    { nil: null },
  ),
  price: fc.integer({ min: 0, max: 2_000_000 }),
  cityPrices: fc.option(
    fc.uniqueArray(
      fc.record({
        cityId: fc.constantFrom(...cityIds),
        value: fc.integer({ min: 10, max: 2_000_000 }),
      }),
      { selector: ({ cityId }) => cityId },
    ),
    { nil: null },
  ),
  availabilities: fc.option(
    fc.uniqueArray(
      fc.record({
        storeId: fc.integer({ min: 1, max: 33 }).map((point) => `30067228_PP${point}`),
        available: fc.constantFrom("yes", "no"),
        stockSpecified: fc.option(fc.boolean(), { nil: undefined }),
        stockCount: count,
        preOrder: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
      }),
      { selector: ({ storeId }) => storeId },
    ),
    { nil: null },
  ),
});

const price = fc.integer({ min: 10, max: 2_000_000 });

test("whatever the row, a write changes nothing about what is available where", () => {
  fc.assert(
    fc.property(row, price, fc.constantFrom(...cityIds), (given, amount, cityId) => {
      const { availabilities } = priceChange(offerOf(given), change(amount, cityId));
      if (!given.availabilities?.length) {
        expect(availabilities).toBeUndefined();
        return;
      }
      expect(availabilities).toHaveLength(given.availabilities.length);
      for (const [index, point] of given.availabilities.entries()) {
        const sent = availabilities?.[index];
        expect(sent).toMatchObject({ storeId: point.storeId, available: point.available });
        const managed = point.stockSpecified === true && point.stockCount !== null;
        expect(sent?.stockCount).toBe(managed ? point.stockCount : undefined);
        expect(sent?.preOrder).toBe(point.preOrder || undefined);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("whatever the row, only the asked price of the asked city changes", () => {
  fc.assert(
    fc.property(row, price, fc.constantFrom(...cityIds), (given, amount, cityId) => {
      const body = priceChange(offerOf(given), change(amount, cityId));
      if (!given.cityPrices?.length) {
        expect(body).toMatchObject({ price: amount });
        expect(body).not.toHaveProperty("cityPrices");
        return;
      }
      const before = new Map(given.cityPrices.map((city) => [city.cityId, city.value]));
      expect(body).not.toHaveProperty("price");
      expect(new Map(citiesOf(body))).toEqual(before.set(cityId, amount));
      expect(citiesOf(body)).toHaveLength(before.size);
    }),
    { numRuns: 2_000 },
  );
});

test("whatever the row, nothing is sent that Kaspi takes badly", () => {
  fc.assert(
    fc.property(row, price, (given, amount) => {
      const body = priceChange(offerOf(given), change(amount));
      expect(JSON.stringify(body)).not.toContain("null");
      expect(body.model ?? null).toBe(given.model);
      expect(Object.keys(body)).not.toContain("preOrder");
    }),
    { numRuns: 2_000 },
  );
});

test("a write can be made for every price there is", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: Number.MAX_SAFE_INTEGER }), (amount) => {
      expect(priceChange(offerOf({}), change(amount))).toMatchObject({ price: tenge(amount) });
    }),
  );
});

function citiesOf(body: PriceChangeBody): [string, number][] {
  if (!("cityPrices" in body)) return [];
  return body.cityPrices.map(({ cityId, value }) => [cityId, value]);
}
