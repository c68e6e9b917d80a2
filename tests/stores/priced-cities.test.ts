import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { auditLog } from "@/lib/db/schema/workspace";
import { setProductCities } from "@/lib/products/set-product-cities";
import { moveToCity } from "@/lib/stores/main-city-queries";
import { keepPricedCities } from "@/lib/stores/priced-queries";
import { setMainCity } from "@/lib/stores/set-main-city";
import { setStoreCities } from "@/lib/stores/set-store-cities";
import { ALMATY, ASTANA, type CityHandle, cityShelf } from "../support/city-goods";
import { testOffice } from "../support/office";
import { syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
let shelf: CityHandle[] = [];

beforeAll(async () => {
  shelf = await cityShelf(office, 12);
});

/** The shop as it was connected, whichever test came before. */
beforeEach(async () => {
  await db.update(stores).set({ mainCityId: ALMATY, pricedCities: [ASTANA] });
  await keepPricedCities(db, sql`true`, clock());
});

type Facts = {
  shown: string[] | null;
  own: string[] | null;
  ofStore: string[] | null;
  main: string | null;
};

/** What the database says of many cases at once. */
async function pricedCities(cases: Facts[]): Promise<string[][]> {
  const listed = (name: "own" | "ofStore") =>
    sql`case when jsonb_typeof(facts -> ${name}::text) = 'array'
      then array(select jsonb_array_elements_text(facts -> ${name}::text)) end`;
  const rows = await db.execute<{ cities: string[] }>(sql`
    select priced_cities(
      (select jsonb_object_agg(city, 100) from jsonb_array_elements_text(
        case when jsonb_typeof(facts -> 'shown') = 'array' then facts -> 'shown' end) city),
      ${listed("own")}, ${listed("ofStore")}, facts ->> 'main') as cities
    from jsonb_array_elements(${JSON.stringify(cases)}::text::jsonb) with ordinality one(facts, n)
    order by n`);
  return rows.map(({ cities }) => cities);
}

function expectSound({ shown, main }: Facts, cities: string[]): void {
  expect(cities.length).toBeGreaterThan(0);
  expect(new Set(cities).size).toBe(cities.length);
  if (shown === null) expect(cities).toHaveLength(1);
  else expect(cities.filter((city) => !shown.includes(city))).toEqual([]);
  if (main !== null && cities.includes(main)) expect(cities[0]).toBe(main);
}

describe("which cities a product is priced in", () => {
  const cases: [string, Facts, string[]][] = [
    [
      "nothing is chosen: the main one",
      { shown: ["1", "2"], own: null, ofStore: null, main: "2" },
      ["2"],
    ],
    [
      "the store's, the main one first",
      { shown: ["1", "2", "3"], own: null, ofStore: ["1"], main: "2" },
      ["2", "1"],
    ],
    [
      "only where Kaspi shows a price of its own",
      { shown: ["2"], own: null, ofStore: ["1"], main: "2" },
      ["2"],
    ],
    [
      "without the main one: its first",
      { shown: ["7", "5"], own: null, ofStore: null, main: "2" },
      ["5"],
    ],
    [
      "the product's own choice",
      { shown: ["1", "2", "3"], own: ["3", "1"], ofStore: ["1"], main: "2" },
      ["1", "3"],
    ],
    [
      "a choice of which nothing is left: the main one",
      { shown: ["1", "2"], own: ["9"], ofStore: null, main: "2" },
      ["2"],
    ],
    [
      "one price everywhere: the main one leads alone",
      { shown: null, own: null, ofStore: ["1", "3"], main: "2" },
      ["2"],
    ],
    [
      "one price everywhere, chosen elsewhere: one of those",
      { shown: null, own: ["3", "1"], ofStore: null, main: "2" },
      ["1"],
    ],
    ["an empty choice is none", { shown: ["1", "2"], own: [], ofStore: [], main: "2" }, ["2"]],
    ["no city at all", { shown: null, own: null, ofStore: null, main: null }, []],
  ];

  test.each(cases)("%s", async (_what, facts, expected) => {
    expect(await pricedCities([facts])).toEqual([expected]);
  });

  test("always at least one, each shown by Kaspi, none twice, the main one first", async () => {
    const city = fc.constantFrom("1", "2", "3", "4", "5");
    const set = fc.uniqueArray(city);
    const facts: fc.Arbitrary<Facts> = fc.record({
      shown: fc.option(fc.uniqueArray(city, { minLength: 1 })),
      own: fc.option(set),
      ofStore: fc.option(set),
      main: city,
    });
    const many = fc.array(facts, { minLength: 200, maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(many, async (rows) => {
        const answers = await pricedCities(rows);
        for (const [nth, facts] of rows.entries()) expectSound(facts, answers[nth] ?? []);
      }),
      { numRuns: 10 },
    );
  });
});

const goodsAt = (nth: number): CityHandle => shelf[nth] ?? expect.fail("the shelf is too short");
const pricedIn = async (goods: CityHandle) =>
  [...(await goods.cities())].flatMap(([id, { isPriced }]) => (isPriced ? [id] : [])).sort();
const record = async ({ productId }: CityHandle) => {
  const [row] = await db.select().from(products).where(eq(products.id, productId));
  return row ?? expect.fail("the product is gone");
};

describe("a sync", () => {
  test("prices the cities Kaspi shows, at what it shows", async () => {
    const goods = goodsAt(0);
    expect(await pricedIn(goods)).toEqual([ASTANA, ALMATY]);
    const cities = await goods.cities();
    for (const cityId of [ASTANA, ALMATY])
      expect(cities.get(cityId)?.price).toBe(goods.kaspiPrice(cityId));
    expect(await record(goods)).toMatchObject({ leadCityId: ALMATY });
  });

  test("drops a city whose price is gone, and takes it up again when it is back", async () => {
    const goods = goodsAt(1);
    const { merchantUid, sku, storeId } = goods;
    const both = goods.truth().cityPrices ?? [];
    const only = both.filter(({ cityId }) => cityId === ASTANA);
    twin.changeOffer({ merchantUid, sku, cityPrices: only });
    await syncNow(office, storeId);
    expect(await pricedIn(goods)).toEqual([ASTANA]);
    expect(await record(goods)).toMatchObject({ leadCityId: ASTANA });
    twin.changeOffer({ merchantUid, sku, cityPrices: both });
    await syncNow(office, storeId);
    expect(await pricedIn(goods)).toEqual([ASTANA, ALMATY]);
    expect(await record(goods)).toMatchObject({ leadCityId: ALMATY });
  });
});

describe("a product", () => {
  test("may have cities of its own, and gives the choice back", async () => {
    const goods = goodsAt(2);
    const { productId } = goods;
    await setProductCities(db, owner, { productId, cityIds: [ASTANA] }, clock());
    expect(await pricedIn(goods)).toEqual([ASTANA]);
    expect(await record(goods)).toMatchObject({
      leadCityId: ASTANA,
      price: goods.kaspiPrice(ASTANA),
    });
    await syncNow(office, goods.storeId);
    expect(await pricedIn(goods)).toEqual([ASTANA]);
    await setProductCities(db, owner, { productId, cityIds: null }, clock());
    expect(await pricedIn(goods)).toEqual([ASTANA, ALMATY]);
    const changes = and(
      eq(auditLog.subjectId, productId),
      eq(auditLog.action, "product.cities_changed"),
    );
    expect(await db.$count(auditLog, changes)).toBe(2);
  });

  test("cannot be priced in a city that Kaspi shows no price for, nor by a stranger", async () => {
    const { productId } = goodsAt(3);
    const ask = (caller: typeof owner, cityIds: string[]) =>
      setProductCities(db, caller, { productId, cityIds }, clock());
    await expect(ask(owner, ["511010000"])).rejects.toMatchObject({ key: "city_without_price" });
    await expect(ask(stranger, [ASTANA])).rejects.toMatchObject({ kind: "not_found" });
  });

  test("a bot that is on may rise in a new city to the price shown there, not in another", async () => {
    const goods = goodsAt(4);
    const { productId } = goods;
    await setProductCities(db, owner, { productId, cityIds: [ASTANA] }, clock());
    await db
      .update(productCities)
      .set({ anchor: null })
      .where(eq(productCities.productId, productId));
    await goods.watch(goods.kaspiPrice(ASTANA) - 100);
    await setProductCities(db, owner, { productId, cityIds: null }, clock());
    const cities = await goods.cities();
    expect(cities.get(ALMATY)?.anchor ?? null).toBe(goods.kaspiPrice(ALMATY));
  });
});

describe("a store", () => {
  const storeId = () => goodsAt(0).storeId;

  test("needs a working point in a city to price it, and is not a stranger's", async () => {
    const ask = (caller: typeof owner, cityIds: string[]) =>
      setStoreCities(db, caller, { storeId: storeId(), cityIds }, clock());
    await expect(ask(owner, ["511010000"])).rejects.toMatchObject({ key: "city_without_points" });
    await expect(ask(stranger, [])).rejects.toMatchObject({ kind: "not_found" });
  });

  test("that stops pricing a city voids what was decided there, and nothing else", async () => {
    const goods = goodsAt(5);
    goods.rivals(ALMATY, goods.kaspiPrice(ALMATY) - 20);
    goods.rivals(ASTANA, goods.kaspiPrice(ASTANA) - 20);
    await goods.watch(Math.ceil(goods.kaspiPrice(ASTANA) * 0.9));
    await goods.check(ALMATY);
    await goods.check(ASTANA);
    const asked = goodsAt(8);
    asked.rivals(ASTANA, asked.kaspiPrice(ASTANA) - 20);
    await asked.watch(Math.ceil(asked.kaspiPrice(ASTANA) * 0.9));
    await asked.check(ASTANA);
    const held = await asked.last(ASTANA);
    await db
      .update(decisions)
      .set({ state: "held" })
      .where(eq(decisions.id, held?.id ?? ""));
    await setStoreCities(db, owner, { storeId: storeId(), cityIds: [] }, clock());
    const isVoid = { state: "superseded", stateReason: "other_city" };
    expect(await goods.last(ASTANA)).toMatchObject(isVoid);
    expect(await asked.last(ASTANA)).toMatchObject(isVoid);
    expect(await goods.last(ALMATY)).toMatchObject({ state: "pending" });
    expect(await pricedIn(goods)).toEqual([ALMATY]);
    const now = clock();
    await setStoreCities(db, owner, { storeId: storeId(), cityIds: [ASTANA] }, now);
    expect(await pricedIn(goods)).toEqual([ASTANA, ALMATY]);
    const cities = await goods.cities();
    expect(cities.get(ASTANA)?.nextCheckAt).toEqual(now);
  });

  test("with another main city goes on pricing the former one", async () => {
    const goods = goodsAt(6);
    await setMainCity(db, owner, { storeId: storeId(), cityId: ASTANA }, clock());
    expect(await pricedIn(goods)).toEqual([ASTANA, ALMATY]);
    expect(await record(goods)).toMatchObject({
      leadCityId: ASTANA,
      price: goods.kaspiPrice(ASTANA),
    });
  });

  test("whose main city is gone from Kaspi's list goes on with the ceiling of the next", async () => {
    const one = goodsAt(9);
    const { merchantUid, sku, productId } = one;
    const [almaty, astana] = [one.kaspiPrice(ALMATY), one.kaspiPrice(ASTANA)];
    await one.watch(100);
    await db.update(products).set({ manualLock: true }).where(eq(products.id, productId));
    const prices = [
      { cityId: ALMATY, value: almaty },
      { cityId: ASTANA, value: astana },
    ];
    twin.changeOffer({ merchantUid, sku, price: null, cityPrices: prices.slice(1) });
    await syncNow(office, one.storeId);
    const next = { leadCityId: ASTANA, anchor: astana, manualLock: true };
    expect(await record(one)).toMatchObject(next);
    twin.changeOffer({ merchantUid, sku, price: null, cityPrices: prices });
    await syncNow(office, one.storeId);
    const again = { leadCityId: ALMATY, anchor: almaty, manualLock: true };
    expect(await record(one)).toMatchObject(again);
  });

  test("keeps the ceiling of a product whose only city has no price for a while", async () => {
    const one = goodsAt(10);
    const { merchantUid, sku, productId } = one;
    const astana = one.kaspiPrice(ASTANA);
    const only = [{ cityId: ASTANA, value: astana }];
    const show = async (price: number | null, cityPrices: typeof only | null) => {
      twin.changeOffer({ merchantUid, sku, price: price && tenge(price), cityPrices });
      await syncNow(office, one.storeId);
    };
    await show(null, only);
    const anchor = tenge(astana + 4000);
    await db
      .update(products)
      .set({ anchor, botEnabled: true, floor: tenge(100) })
      .where(eq(products.id, productId));
    await show(astana, null);
    expect(await record(one)).toMatchObject({ leadCityId: ALMATY, anchor });
    await show(null, only);
    expect(await record(one)).toMatchObject({ leadCityId: ASTANA, anchor, manualLock: false });
  });

  test("with another main city hands on neither ceiling nor lock of the former one", async () => {
    const one = goodsAt(7);
    const { productId } = one;
    const mine = eq(products.id, productId);
    await one.watch(100);
    const [almaty, astana] = [one.kaspiPrice(ALMATY), one.kaspiPrice(ASTANA)];
    await db.update(products).set({ manualLock: true }).where(mine);
    const standing = async () => {
      const [row] = await db.select().from(products).where(mine);
      return { leads: row?.leadCityId, anchor: row?.anchor, locked: row?.manualLock };
    };
    expect(await standing()).toEqual({ leads: ALMATY, anchor: almaty, locked: true });
    const lead = (cityId: string) =>
      db.transaction((tx) => moveToCity(tx, one.storeId, cityId, clock()));
    await lead(ASTANA);
    expect(await standing()).toEqual({ leads: ASTANA, anchor: astana, locked: false });
    const left = (await one.cities()).get(ALMATY);
    expect(left).toMatchObject({ anchor: almaty, manualLock: true });
    await lead(ALMATY);
    expect(await standing()).toEqual({ leads: ALMATY, anchor: almaty, locked: true });
  });
});
