import { desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { DAY } from "@/lib/core/time";
import { earningsOn, marginsOf } from "@/lib/costs/margins";
import { type Costs, MOST_RATES, noCosts } from "@/lib/costs/model";
import { costHistory } from "@/lib/costs/queries";
import { productCosts, tariffs as tariffTable } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { wideChanges } from "@/lib/db/schema/safety";
import { auditLog, runs, users } from "@/lib/db/schema/workspace";
import { builtInGroup, setGroups } from "@/lib/people/group-queries";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { removeTariff, setTariffs } from "@/lib/repricing/cost-floor/change-tariffs";
import { beginFloors, recomputeBatch } from "@/lib/repricing/cost-floor/recompute-floors";
import { setCosts } from "@/lib/repricing/cost-floor/set-costs";
import { setFloorFromCost } from "@/lib/repricing/cost-floor/set-floor-from-cost";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { nothingUsual } from "../../costs/tariffs";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let goods: Handle[] = [];
let storeId = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = (await goodsOnSale(office, storeId, store.merchantId)).map((one) => handle(office, one));
});

const rate = (percent: number) => ({ rate: percent * 100 });
const usual = {
  ...nothingUsual,
  packaging: tenge(0),
  other: tenge(0),
  returns: tenge(0),
  delivery: "none" as const,
  minProfit: tenge(0),
};
const from = (validFrom: string) => ({ category: "", validFrom, source: null });
const everything = [
  { ...from("2020-01-01"), kind: "commission" as const, value: rate(10) },
  { ...from("2020-01-01"), kind: "kaspi_pay" as const, value: rate(1) },
  { ...from("2020-01-01"), kind: "tax" as const, value: rate(3) },
  { ...from("2020-01-01"), kind: "usual" as const, value: usual },
];

beforeEach(async () => {
  await db.delete(productCosts);
  await db.delete(tariffTable);
  await db.delete(runs);
  await db.delete(wideChanges);
  await db.update(products).set({
    cost: null,
    costFloor: null,
    costGaps: [],
    costFloorUntil: null,
    botEnabled: false,
    floor: null,
    rule: {},
  });
});

const say = (over: Partial<Costs>): Costs => ({ ...noCosts, ...over });
const nth = (index: number): Handle => {
  const one = goods[index];
  if (!one) throw new Error("the shop is too small");
  return one;
};
const put = (one: Handle, cost: number, confirm = true) =>
  setCosts(db, owner, one.productId, { costs: say({ cost: tenge(cost) }), confirm }, clock());
const floorOf = async (one: Handle) => (await one.product()).costFloor;
const set = (list: Parameters<typeof setTariffs>[2]["tariffs"], store: string | null = null) =>
  setTariffs(db, owner, { storeId: store, tariffs: list }, clock());
async function recomputeAll(runId: string | null, size = 500) {
  if (runId) while (await recomputeBatch(db, runId, clock(), size));
}
const nextCheck = async (one: Handle) => {
  const [row] = await db
    .select({ at: productCities.nextCheckAt })
    .from(productCities)
    .where(eq(productCities.productId, one.productId));
  return row?.at;
};

describe("the cost of a product", () => {
  test("makes its floor at once when all tariffs are set, and is kept with who said it", async () => {
    await set(everything);
    await put(nth(0), 8600);
    expect(await floorOf(nth(0))).toBe(10_000);
    await put(nth(0), 860);
    expect(await floorOf(nth(0))).toBe(1000);
    const history = await costHistory(db, nth(0).productId);
    expect(history.map(({ cost, setBy }) => [cost, setBy])).toEqual([
      [860, owner.name],
      [8600, owner.name],
    ]);
    const [entry] = await db
      .select({ details: auditLog.details })
      .from(auditLog)
      .where(eq(auditLog.action, "product.costs_changed"))
      .orderBy(desc(auditLog.at))
      .offset(1)
      .limit(1);
    expect(entry?.details).toMatchObject({ before: noCosts, after: { cost: 8600 } });
  });

  test("makes no floor while something is not set", async () => {
    await set(everything.slice(1));
    await put(nth(0), 8600);
    expect(await floorOf(nth(0))).toBeNull();
  });

  test("is nobody else's to set", async () => {
    const costs = say({ cost: tenge(100) });
    await expect(
      setCosts(db, stranger, nth(0).productId, { costs, confirm: true }, clock()),
    ).rejects.toThrow("product_not_found");
    await expect(
      setTariffs(db, stranger, { storeId: null, tariffs: everything }, clock()),
    ).rejects.toThrow("forbidden");
    await expect(
      setTariffs(db, stranger, { storeId, tariffs: everything }, clock()),
    ).rejects.toThrow("store_not_found");
  });

  test("is asked back when the floor it makes counts and is under half of the price", async () => {
    await set(everything);
    const one = nth(0);
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    const low = Math.floor(one.kaspiPrice() / 10);
    await expect(put(one, low, false)).rejects.toThrow("floor_far_below_price");
    expect(await floorOf(one)).toBeNull();
    await put(one, low);
    expect(await floorOf(one)).toBeLessThan(one.kaspiPrice() / 2);
  });
});

describe("the list of products", () => {
  const list = (over: object) =>
    listProducts(db, owner, productListSchema.parse({ store: storeId, ...over }), clock());

  test("knows whose cost is not set, and whose floor is missing where cost was to make it", async () => {
    await set(everything);
    await put(nth(0), 8600);
    const all = (await list({})).counts.all;
    expect((await list({ filter: "no_cost" })).total).toBe(all - 1);
    const [dearest] = (await list({ sort: "-cost" })).rows;
    expect(dearest).toMatchObject({ id: nth(0).productId, cost: 8600, costFloor: 10_000 });
    expect((await list({ filter: "no_floor" })).total).toBe(all);
    await setProductRule(db, owner, nth(0).productId, { floorFromCost: true }, clock());
    expect((await list({ filter: "no_floor" })).total).toBe(all - 1);
  });

  test("shows the floor that the bot stops at: past a gap, and by the rule of the city it is shown by", async () => {
    await set(everything);
    const one = nth(0);
    await put(one, 8600);
    const rowOf = async () => (await list({ sort: "-cost" })).rows[0]?.countingFloor;
    const standing = async () => {
      const subject = await subjectOf(db, one.productId, new Date());
      return subject && ruleOf({ rule: {} }, subject).rule.floor;
    };
    await db
      .update(products)
      .set({ costGaps: [[tenge(10_000), tenge(10_400)]], floor: tenge(10_100) })
      .where(eq(products.id, one.productId));
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    expect(await rowOf()).toBe(10_401);
    expect(await standing()).toBe(10_401);
    const city = (set: object) =>
      db.update(productCities).set(set).where(eq(productCities.productId, one.productId));
    await city({ rule: { floorFromCost: false }, floor: tenge(9000) });
    expect(await rowOf()).toBe(9000);
    expect(await standing()).toBe(9000);
    await db.update(products).set({ costFloor: null }).where(eq(products.id, one.productId));
    const { counts } = await list({});
    await city({ rule: {} });
    expect((await list({})).counts.no_floor).toBe(counts.no_floor + 1);
    await city({ floor: null });
  });

  test("says what the present price earns", async () => {
    await set(everything);
    const one = nth(0);
    await put(one, 100);
    const price = one.kaspiPrice();
    const { rows } = await list({ sort: "-cost" });
    const margin = (await marginsOf(db, rows, clock())).get(one.productId);
    expect(margin?.profit).toBe(price - 100 - Math.ceil(price * 0.14));
  });
});

describe("a tariff", () => {
  test("that changes has every floor computed anew, in batches, with progress", async () => {
    await set(everything);
    for (const one of goods.slice(0, 5)) await put(one, 8600);
    const runId = await set([{ ...from("2020-02-01"), kind: "tax", value: rate(18) }]);
    expect(await floorOf(nth(0))).toBe(10_000);
    expect(await recomputeBatch(db, runId ?? "", clock(), 2)).toBe(true);
    const [run] = await db.select().from(runs);
    expect(run).toMatchObject({ kind: "costs", status: "running", done: 2, total: 5 });
    await recomputeAll(runId, 2);
    for (const one of goods.slice(0, 5)) expect(await floorOf(one)).toBe(12_113);
    const [done] = await db.select().from(runs);
    expect(done).toMatchObject({ status: "finished", done: 5 });
  });

  test.each([
    ["a tenant", stranger, { total: 1, done: 1, raised: 0 }, null],
    ["an owner", owner, { total: 2, done: 2, raised: 1 }, owner.id],
  ])(
    "has the floors of all stores computed by one run, which tells %s of what they may see",
    async (_who, asker, told, changedBy) => {
      await db.update(users).set({ role: asker.role }).where(eq(users.id, asker.id));
      await setGroups(db, asker.id, [await builtInGroup(db, "sellers")]);
      await set(everything);
      const [store] = await db
        .insert(stores)
        .values({ userId: stranger.id, merchantId: `tenant of ${asker.email}`, name: "tenant" })
        .returning({ id: stores.id });
      const theirs = { storeId: store?.id ?? "", sku: "T-1", name: "T-1", onSale: true };
      await db.insert(products).values({ ...theirs, costFloorUntil: clock() });
      await put(nth(0), 8600);
      await db
        .update(products)
        .set({
          botEnabled: true,
          rule: { floorFromCost: true },
          costFloor: tenge(10),
          costFloorUntil: clock(),
        })
        .where(eq(products.id, nth(0).productId));
      const runId = await db.transaction((tx) => beginFloors(tx, asker.id, clock()));
      const [begun] = await db.select().from(runs);
      expect(begun).toMatchObject({ userId: asker.id, total: told.total });
      await recomputeAll(runId);
      const [run] = await db.select().from(runs);
      expect(run).toMatchObject({ status: "finished", done: told.done, total: told.total });
      expect(run?.counts).toMatchObject({ raised: told.raised });
      expect(await floorOf(nth(0))).toBe(10_000);
      const changes = await db.select().from(wideChanges);
      expect(changes).toMatchObject([{ storeId, products: 1, changedBy }]);
    },
  );

  test("that begins later counts from its midnight on", async () => {
    await set(everything);
    const day = new Date(clock().getTime() + 2 * DAY).toISOString().slice(0, 10);
    await set([{ ...from(day), kind: "commission", value: rate(20) }]);
    await put(nth(0), 8600);
    expect(await floorOf(nth(0))).toBe(10_000);
    expect(await db.transaction((tx) => beginFloors(tx, null, clock()))).toBeNull();
    nth(0).nextDay();
    nth(0).nextDay();
    nth(0).nextDay();
    const runId = await db.transaction((tx) => beginFloors(tx, null, clock()));
    await recomputeAll(runId);
    expect(await floorOf(nth(0))).toBe(11_316);
  });

  test("of a store counts for that store only, and taken away leaves the one before", async () => {
    await set(everything);
    await put(nth(0), 8600);
    await recomputeAll(
      await set([{ ...from("2020-03-01"), kind: "tax", value: rate(18) }], storeId),
    );
    expect(await floorOf(nth(0))).toBe(12_113);
    const [own] = await db.select().from(tariffTable).where(eq(tariffTable.storeId, storeId));
    await removeTariff(db, owner, own?.id ?? "", clock());
    await recomputeAll(
      (await db.select().from(runs).where(eq(runs.status, "queued")))[0]?.id ?? null,
    );
    expect(await floorOf(nth(0))).toBe(10_000);
  });

  test("is kept for every one of many that are set at once, the last where one is said twice", async () => {
    const begin = await db.$count(auditLog, eq(auditLog.action, "tariff.set"));
    const commissions = (percent: number) =>
      Array.from({ length: MOST_RATES }, (_, nth) => ({
        ...from("2020-01-01"),
        category: `category ${nth}`,
        kind: "commission" as const,
        value: rate(percent),
      }));
    await set(commissions(10), storeId);
    await set([...commissions(11), ...commissions(12)], storeId);
    const kept = await db.select().from(tariffTable);
    expect(kept).toHaveLength(MOST_RATES);
    expect(new Set(kept.map(({ value }) => JSON.stringify(value)))).toEqual(
      new Set([JSON.stringify(rate(12))]),
    );
    const said = await db.select().from(auditLog).where(eq(auditLog.action, "tariff.set"));
    expect(said).toHaveLength(begin + 2 * MOST_RATES);
    expect(said.at(-1)?.details).toMatchObject({ before: rate(10), after: rate(12) });
  });

  test("is refused when there are more of its kind than anybody keeps", async () => {
    const days = Array.from({ length: 201 }, (_, nth) =>
      new Date(Date.UTC(2020, 0, 1 + nth)).toISOString().slice(0, 10),
    );
    const taxes = days.map((day) => ({ ...from(day), kind: "tax" as const, value: rate(3) }));
    await set(taxes.slice(1), storeId);
    await expect(set(taxes.slice(0, 1), storeId)).rejects.toMatchObject({
      kind: "conflict",
      key: "too_many_tariffs",
      params: { most: 200 },
    });
    expect(await db.$count(tariffTable)).toBe(200);
    await set(taxes.slice(0, 1));
  });

  test("of somebody else's store that cannot be read stops nobody", async () => {
    const [other] = await db
      .insert(stores)
      .values({ userId: stranger.id, merchantId: "neighbour", name: "neighbour" })
      .returning({ id: stores.id });
    const broken = { ...from("2020-01-01"), kind: "tax" as const, value: { rate: "many" } };
    await db.insert(tariffTable).values({ ...broken, storeId: other?.id ?? "", setAt: clock() });
    await set(everything);
    await put(nth(0), 8600);
    expect(await floorOf(nth(0))).toBe(10_000);
    const { rows } = await listProducts(
      db,
      owner,
      productListSchema.parse({ store: storeId }),
      clock(),
    );
    expect((await marginsOf(db, rows, clock())).has(nth(0).productId)).toBe(true);
    const one = rows.find(({ id }) => id === nth(0).productId);
    const earnings = earningsOn(db, clock());
    for (let lot = 0; lot < 2; lot += 1)
      expect((await earnings(one ? [one] : []))(nth(0).productId, tenge(20_000))).toBe(8_600);
  });

  test("of another category waits until a sync says that the product is in it", async () => {
    await set([
      ...everything,
      { ...from("2020-01-01"), category: "Master - Other", kind: "commission", value: rate(25) },
    ]);
    await put(nth(0), 8600);
    const { productId } = nth(0);
    const [row] = await db.select().from(products).where(eq(products.id, productId));
    await db.update(products).set({ category: "Master - Other" }).where(eq(products.id, productId));
    await db
      .update(products)
      .set({ costFloor: tenge(12_113) })
      .where(eq(products.id, productId));
    await syncNow(office, storeId);
    const runId = await db.transaction((tx) => beginFloors(tx, null, clock()));
    await recomputeAll(runId);
    expect(await floorOf(nth(0))).toBe(10_000);
    expect((await nth(0).product()).category).toBe(row?.category);
  });
});

describe("a floor from cost that counts", () => {
  test("makes its product due at once when it rises", async () => {
    await set(everything);
    const one = nth(1);
    await put(one, Math.ceil(one.kaspiPrice() * 0.8));
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    await setBot(db, owner, one.productId, true, clock());
    await one.check();
    const before = await nextCheck(one);
    expect(before?.getTime()).toBeGreaterThan(clock().getTime());
    await recomputeAll(await set([{ ...from("2020-02-01"), kind: "tax", value: rate(4) }]));
    expect((await nextCheck(one))?.getTime()).toBeLessThanOrEqual(clock().getTime());
  });

  test.each([
    [
      "a tariff",
      async () => recomputeAll(await set([{ ...from("2020-02-01"), kind: "tax", value: rate(4) }])),
    ],
    ["its cost", (one: Handle) => put(one, Math.ceil(one.kaspiPrice() * 0.82))],
  ])(
    "makes its product due at once when %s moves it in one of its cities alone",
    async (_, move) => {
      await set(everything);
      const one = nth(3);
      await put(one, Math.ceil(one.kaspiPrice() * 0.8));
      await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
      await setBot(db, owner, one.productId, true, clock());
      const [{ cityId } = { cityId: "" }] = await db
        .select({ cityId: productCities.cityId })
        .from(productCities)
        .where(eq(productCities.productId, one.productId));
      const counting = { rule: { floorFromCost: true } };
      await db
        .update(productCities)
        .set(counting)
        .where(eq(productCities.productId, one.productId));
      const inherits = { rule: {}, pricedCities: [cityId] };
      await db.update(products).set(inherits).where(eq(products.id, one.productId));
      await one.check();
      expect((await nextCheck(one))?.getTime()).toBeGreaterThan(clock().getTime());
      await move(one);
      expect((await nextCheck(one))?.getTime()).toBeLessThanOrEqual(clock().getTime());
      await db.update(productCities).set({ rule: {} });
    },
  );

  test("lets a bot be switched on without a typed one, and keeps it off while it is missing", async () => {
    await set(everything.slice(1));
    const one = nth(2);
    await put(one, 100);
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    await expect(setBot(db, owner, one.productId, true, clock())).rejects.toThrow(
      "bot_needs_floor",
    );
    await recomputeAll(await set(everything.slice(0, 1)));
    await setBot(db, owner, one.productId, true, clock());
  });

  test("is switched on with a question when it is low, and not off while the bot has no other", async () => {
    await set(everything);
    const one = nth(2);
    await put(one, 100);
    const turn = (on: boolean, confirm = false) =>
      setFloorFromCost(db, owner, one.productId, { on, confirm }, clock());
    await expect(turn(true)).rejects.toThrow("floor_far_below_price");
    await turn(true, true);
    await setBot(db, owner, one.productId, true, clock());
    await expect(turn(false)).rejects.toThrow("bot_needs_floor");
  });

  test("of many products is tried out on a few first when a tariff moves them", async () => {
    await set(everything);
    for (const one of goods) {
      await put(one, 100);
      await setFloorFromCost(db, owner, one.productId, { on: true, confirm: true }, clock());
      await setBot(db, owner, one.productId, true, clock());
    }
    await recomputeAll(await set([{ ...from("2020-02-01"), kind: "tax", value: rate(9) }]), 7);
    const [change] = await db.select().from(wideChanges);
    expect(change).toMatchObject({ storeId, what: "tariffs", products: goods.length });
  });

  test("stops a price at it, and the gate believes the costs and not what was stored", async () => {
    await set(everything);
    const one = nth(3);
    const price = one.kaspiPrice();
    await put(one, Math.ceil(price * 0.81));
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    await setBot(db, owner, one.productId, true, clock());
    const floor = (await floorOf(one)) ?? 0;
    one.rivals(floor - 500);
    await one.check();
    expect((await one.product()).lastDecision).toMatchObject({
      reason: "pinned_to_floor",
      price: floor,
    });
    // Decided by the floor of a moment ago; the cost has risen since, past all materialised values.
    await db.update(productCosts).set({ cost: tenge(price) });
    await one.publish();
    expect((await one.product()).lastDecision).toMatchObject({
      state: "refused",
      stateReason: "unprofitable",
    });
    expect(one.kaspiPrice()).toBe(price);
  });
});
