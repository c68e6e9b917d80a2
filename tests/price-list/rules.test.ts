import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { HOUR } from "@/lib/core/time";
import { diffOf } from "@/lib/price-list/diff-rules";
import { judgeLeaving } from "@/lib/price-list/gate-rules";
import { keptNow, type ListedGoods, listedOffer, type UnderWay } from "@/lib/price-list/list-rules";
import type { ListOffer } from "@/lib/price-list/model";
import { notReady } from "@/lib/price-list/ready-rules";
import { tableProblem, tableRow } from "@/lib/price-list/table-rules";

const point = { id: "1_PP1", available: true, count: null, leadDays: null };
const goods: ListedGoods = {
  ...{ sku: "A", name: "Товар", model: "Модель", brand: "Бренд" },
  ...{ points: [point], cityPrices: null, price: tenge(1_000) },
};
const none = { underWay: [], kept: {} };
const offerOf = (
  some: Partial<ListedGoods>,
  more: Partial<Parameters<typeof listedOffer>[1]> = {},
) => {
  const listed = listedOffer({ ...goods, ...some }, { ...none, ...more });
  return listed.kind === "offer" ? listed.offer : listed.key;
};

describe("an offer of the list", () => {
  test("says what Kaspi shows", () => {
    expect(offerOf({})).toEqual({
      ...{ sku: "A", model: "Модель", brand: "Бренд" },
      points: [{ id: "1_PP1", available: true, leadDays: null, count: null }],
      prices: { kind: "common", price: 1_000 },
    });
  });

  test("is called as Kaspi calls it where the seller has no name for it", () => {
    expect(offerOf({ model: null })).toMatchObject({ model: "Товар" });
  });

  test("keeps the days until the goods arrive", () => {
    expect(offerOf({ points: [{ ...point, leadDays: 5 }] })).toMatchObject({
      points: [{ available: true, leadDays: 5 }],
    });
  });

  test("is not sold again where Kaspi has counted to nothing", () => {
    expect(offerOf({ points: [{ ...point, count: 0 }] })).toMatchObject({
      points: [{ available: false, count: null }],
    });
  });

  test("names the pieces that are kept here, and no others", () => {
    const kept = { "1_PP1": { count: 3, isTold: false } };
    expect(offerOf({ points: [{ ...point, count: 9 }] }, { kept })).toMatchObject({
      points: [{ count: 3 }],
    });
    expect(listedOffer({ ...goods, points: [{ ...point, count: 9 }] }, none)).toMatchObject({
      isCountLost: true,
    });
    const nothing = { "1_PP1": { count: 0, isTold: false } };
    expect(offerOf({}, { kept: nothing })).toMatchObject({
      points: [{ available: false, count: 0 }],
    });
  });

  test("sells no more than is left of what Kaspi was told", () => {
    const listed = (isTold: boolean, count: number) =>
      listedOffer(
        { ...goods, points: [{ ...point, count }] },
        { underWay: [], kept: { "1_PP1": { count: 5, isTold } } },
      );
    expect(listed(true, 2)).toMatchObject({ excess: "5 / 2", offer: { points: [{ count: 2 }] } });
    expect(listed(true, 0)).toMatchObject({ offer: { points: [{ available: false }] } });
    expect(listed(false, 2)).toMatchObject({ excess: null, offer: { points: [{ count: 5 }] } });
    expect(listed(true, 9)).toMatchObject({ excess: null, offer: { points: [{ count: 5 }] } });
    const [since, told] = [new Date(2), new Date(1)];
    const stocks = { a: { count: 1, setAt: since.toISOString() } };
    expect(keptNow(stocks, told).a?.isTold).toBe(false);
    expect(keptNow(stocks, new Date(3)).a?.isTold).toBe(true);
    expect(keptNow(stocks, null).a?.isTold).toBe(false);
  });

  test.each<[string, Partial<ListedGoods>, string]>([
    ["no points are known", { points: null }, "points_unknown"],
    ["no point is named", { points: [] }, "points_unknown"],
    ["no price is known", { price: null }, "price_missing"],
    ["the price is none", { price: tenge(9) }, "price_missing"],
    ["a city has none", { cityPrices: { "710000000": tenge(0) } }, "price_missing"],
    ["no city has one", { cityPrices: {} }, "price_missing"],
  ])("is none when %s", (_, some, key) => {
    expect(offerOf(some)).toBe(key);
  });
});

const anyPrice = fc.integer({ min: 10, max: 999_999 }).map((value) => value as Tenge);
const anyCity = fc.constantFrom("710000000", "750000000", "511010000");
const anyGoods = fc.record({
  cityPrices: fc.option(fc.dictionary(anyCity, anyPrice, { minKeys: 1 })),
  price: anyPrice,
});
const anyUnderWay: fc.Arbitrary<UnderWay[]> = fc.array(
  fc.record({ cityId: anyCity, price: anyPrice }),
  { maxLength: 3 },
);

test("no price leaves in a list but one that Kaspi shows or that has passed the gate", () => {
  fc.assert(
    fc.property(anyGoods, anyUnderWay, (some, underWay) => {
      const offer = offerOf(some, { underWay });
      if (typeof offer === "string") return expect(offer).toBe("nothing");
      const cities = Object.entries(some.cityPrices ?? {}).concat(
        underWay.map(({ cityId, price }) => [cityId, price]),
      );
      const allowed = {
        common: [some.price, ...underWay.map(({ price }) => price)],
        cities: new Map(
          cities.map(([city]) => [
            city,
            cities.filter(([other]) => other === city).map(([, price]) => price),
          ]),
        ),
      };
      expect(judgeLeaving(offer, 1, allowed)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

describe("the gate of lists", () => {
  const offer = offerOf({}) as ListOffer;
  const allowed = { common: [1_000], cities: new Map([["710000000", [900]]]) };
  test("refuses a price that nobody has let through", () => {
    const other = { ...offer, prices: { kind: "common", price: tenge(999) } } as const;
    expect(judgeLeaving(other, 7, allowed)).toMatchObject([
      { key: "other_price", severity: "error", row: 7, sku: "A", value: "999" },
    ]);
  });

  test("refuses the price of another city, and a city that has none", () => {
    const cities = (cityId: string, price: number): ListOffer => ({
      ...offer,
      prices: { kind: "cities", prices: [{ cityId, price: tenge(price) }] },
    });
    expect(judgeLeaving(cities("710000000", 900), 1, allowed)).toEqual([]);
    expect(judgeLeaving(cities("710000000", 1_000), 1, allowed)).toHaveLength(1);
    expect(judgeLeaving(cities("750000000", 900), 1, allowed)).toHaveLength(1);
  });

  test("refuses goods it knows nothing of", () => {
    expect(judgeLeaving(offer, 1, undefined)).toHaveLength(1);
  });
});

describe("Kaspi's own table", () => {
  const offer = offerOf({}) as ListOffer;
  const at = (id: string, some: Partial<ListOffer["points"][number]> = {}) => ({
    ...{ id, available: true, leadDays: null, count: null, ...some },
  });
  test("says how many there are, or whether there are any", () => {
    const points = [at("1_PP1", { count: 4 }), at("1_PP2"), at("1_PP4", { available: false })];
    expect(tableRow({ ...offer, points }, "1")).toMatchObject({
      price: 1_000,
      points: [4, "yes", 0, "no", 0],
      preorder: null,
    });
  });

  test.each<[string, Partial<ListOffer>, object | null]>([
    ["everything has its place", {}, null],
    ["a point beside the five", { points: [at("1_7296")] }, { key: "table_points" }],
    [
      "two prices",
      {
        prices: {
          kind: "cities",
          prices: [
            { cityId: "1", price: tenge(10) },
            { cityId: "2", price: tenge(11) },
          ],
        },
      },
      { key: "table_cities" },
    ],
    ["two terms", { points: [at("1_PP1", { leadDays: 3 }), at("1_PP2")] }, { key: "table_days" }],
  ])("%s", (_, some, problem) => {
    const found = tableProblem([{ ...offer, ...some }], "1");
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatchObject(problem);
  });
});

test("versions are compared offer by offer", () => {
  const offer = offerOf({}) as ListOffer;
  const of = (...offers: ListOffer[]) => new Map(offers.map((one) => [one.sku, one]));
  const dearer: ListOffer = { ...offer, prices: { kind: "common", price: tenge(1_100) } };
  const [gone, fresh] = [
    { ...offer, sku: "B" },
    { ...offer, sku: "C" },
  ];
  expect(diffOf(of(offer, gone), of(dearer, fresh))).toEqual({
    ...{ added: 1, removed: 1, changed: 1, same: 0 },
    changes: [
      { kind: "removed", sku: "B", model: "Модель", prices: "1000" },
      {
        ...{ kind: "changed", sku: "A", model: "Модель" },
        fields: [{ field: "price", before: "1000", after: "1100" }],
      },
      { kind: "added", sku: "C", model: "Модель", prices: "1000" },
    ],
  });
  expect(diffOf(of(offer), of(offer))).toMatchObject({ same: 1, changes: [] });
});

test.each([
  [{ isStopped: true }, "stopped"],
  [{ isPaused: true }, "paused"],
  [{ wholeSince: null }, "never_whole"],
  [{ wholeSince: new Date(0) }, "stale"],
  [{ wholeSince: new Date(1) }, null],
  [{ isChanging: true }, "changing"],
])("%o is ready or not: %s", (some, why) => {
  const ready = {
    isStopped: false,
    isPaused: false,
    isChanging: false,
    wholeSince: new Date(2 * HOUR),
  };
  expect(notReady({ ...ready, ...some }, new Date(2 * HOUR), 2 * HOUR)).toBe(why);
});
