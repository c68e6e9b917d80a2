import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import { noCosts } from "@/lib/costs/model";
import { productCosts, tariffs as tariffTable } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { wideChanges } from "@/lib/db/schema/safety";
import { runs } from "@/lib/db/schema/workspace";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { setTariffs } from "@/lib/repricing/cost-floor/change-tariffs";
import { recomputeBatch } from "@/lib/repricing/cost-floor/recompute-floors";
import { setCosts } from "@/lib/repricing/cost-floor/set-costs";
import { previewRule } from "@/lib/repricing/forecast/preview-rule";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { setDefaultRule, setProductRule } from "@/lib/repricing/rule/set-rule";
import { nothingUsual } from "../../costs/tariffs";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
let goods: Handle[] = [];
let storeId = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  goods = (await goodsOnSale(office, storeId, store.merchantId)).map((one) => handle(office, one));
});

beforeEach(async () => {
  await db.delete(productCosts);
  await db.delete(tariffTable);
  await db.delete(runs);
  await db.delete(wideChanges);
  await db.update(stores).set({ rule: {} });
  const none = { cost: null, costFloor: null, costInFull: null, floor: null, ceiling: null };
  await db.update(products).set({ ...none, anchor: null, rule: {}, botEnabled: false });
  await db.update(productCities).set({ rule: {} });
});

/** One no other test has: what Kaspi shows and the ledger holds stays with it. */
const next = (): Handle => {
  const one = goods.pop();
  if (!one) throw new Error("too few goods for these tests");
  office.twin.advance({ ms: 1_000 });
  return one;
};
/** 7 of a tenth are goods, 2 packaging and 1 others: so much in all. */
const cost = (one: Handle, inFull: number) => {
  const part = Math.floor(inFull / 10);
  const costs = {
    ...noCosts,
    cost: tenge(inFull - 3 * part),
    packaging: tenge(2 * part),
    other: tenge(part),
  };
  return setCosts(db, owner, one.productId, { costs, confirm: true }, clock());
};
const rule = (one: Handle, of: Parameters<typeof setProductRule>[3]) =>
  setProductRule(db, owner, one.productId, of, clock());
const ceilingOf = async (one: Handle) => (await one.product()).countingCeiling;
const last = async (one: Handle) => (await one.product()).lastDecision;

/** A bot at work, alone on its card, with its floor at nine tenths of the price. */
async function alone(one: Handle, markup: number, inFull: number) {
  await cost(one, inFull);
  await rule(one, { ceilingMarkup: markup, whenAlone: { kind: "ceiling" } });
  one.rivals();
  await one.watch({ floor: Math.ceil(one.kaspiPrice() * 0.9) });
}

describe("a ceiling from cost", () => {
  test("bounds what the bot sends, and the ledger decides the same again", async () => {
    const one = next();
    const price = one.kaspiPrice();
    await alone(one, 12.5, price);
    const highest = Math.floor(price * 1.125);
    expect(await ceilingOf(one)).toBe(highest);
    expect((await previewRule(db, owner, one.productId, clock())).ceiling).toBe(highest);
    expect(await one.cycle()).toMatchObject({ state: "confirmed", price: highest });
    expect(one.kaspiPrice()).toBe(highest);
    const [verdict] = await verifyLedgers(db, { storeId });
    expect(verdict?.flaws).toEqual([]);
  });

  test("gives way to a typed one that is lower, and to none while the cost is not set", async () => {
    const one = next();
    const price = one.kaspiPrice();
    await rule(one, { ceilingMarkup: 50 });
    expect(await ceilingOf(one)).toBeNull();
    await db
      .update(products)
      .set({ ceiling: tenge(price) })
      .where(eq(products.id, one.productId));
    await cost(one, price);
    expect(await ceilingOf(one)).toBe(price);
    await setCosts(db, owner, one.productId, { costs: { other: null }, confirm: true }, clock());
    expect(await ceilingOf(one)).toBe(price);
  });

  test("is the store's, the product's or the city's, and a word of none takes it away", async () => {
    const one = next();
    await cost(one, 1_000);
    await setDefaultRule(db, owner, storeId, { ceilingMarkup: 10 }, clock());
    expect(await ceilingOf(one)).toBe(1_100);
    await rule(one, { ceilingMarkup: 20 });
    expect(await ceilingOf(one)).toBe(1_200);
    const { cityId } = await one.product();
    const inCity = (of: Parameters<typeof setProductRule>[3]) =>
      setProductRule(db, owner, one.productId, of, clock(), cityId);
    await inCity({ ceilingMarkup: 30 });
    expect(await ceilingOf(one)).toBe(1_300);
    await inCity({ ceilingMarkup: null });
    expect(await ceilingOf(one)).toBeNull();
  });

  test("under the floor leaves the price alone and says what it comes from", async () => {
    const one = next();
    const price = one.kaspiPrice();
    await alone(one, 100, price);
    await cost(one, Math.floor(price / 4));
    await one.check();
    expect(await last(one)).toMatchObject({
      kind: "skip",
      reason: "floor_above_ceiling",
      params: { ceilingFrom: "cost", ceiling: Math.floor(price / 4) * 2 },
    });
    const list = productListSchema.parse({ store: storeId, filter: "attention" });
    const { rows } = await listProducts(db, owner, list, clock());
    expect(rows.map(({ id }) => id)).toContain(one.productId);
    const [verdict] = await verifyLedgers(db, { storeId });
    expect(verdict?.flaws).toEqual([]);
  });

  test("is asked about before it makes limits cross", async () => {
    const one = next();
    await alone(one, 100, one.kaspiPrice());
    await expect(rule(one, { ceilingMarkup: 0.01 })).resolves.toBeUndefined();
    await cost(one, Math.floor(one.kaspiPrice() / 2));
    await rule(one, {});
    await expect(rule(one, { ceilingMarkup: 10 })).rejects.toThrow("floor_above_ceiling");
    await expect(
      setDefaultRule(db, owner, storeId, { ceilingMarkup: 10 }, clock()),
    ).rejects.toMatchObject({ params: { low: 0, still: 0, crossed: 1 } });
    const request = {
      selection: selectionSchema.parse({ kind: "ids", ids: [one.productId] }),
      change: { kind: "rule", rule: { ceilingMarkup: 10 } } as const,
      confirm: true,
    };
    const runId = await changeMany(db, owner, request, clock());
    while (await changeBatch(db, runId, clock()));
    expect(await ceilingOf(one)).toBeNull();
  });

  test("binds a person, too", async () => {
    const one = next();
    const price = one.kaspiPrice();
    await alone(one, 10, price);
    const hand = (by: number) => ({
      price: tenge(price + by) as Tenge,
      hold: false,
      confirm: true,
    });
    const highest = Math.floor(price * 1.1);
    await expect(
      setPriceByHand(db, owner, one.productId, hand(highest - price + 1), clock()),
    ).rejects.toThrow("price_above_ceiling");
    await setPriceByHand(db, owner, one.productId, hand(1), clock());
  });

  test("is not believed by the gate, which asks the costs of the moment", async () => {
    const one = next();
    const price = one.kaspiPrice();
    await alone(one, 10, price);
    await one.check();
    expect(await last(one)).toMatchObject({ price: Math.floor(price * 1.1), state: "pending" });
    // Decided by the cost of a moment ago; it has fallen since, past all materialised values.
    await db.update(productCosts).set({ cost: tenge(1) });
    await one.publish();
    expect(await last(one)).toMatchObject({ state: "refused", stateReason: "limits_crossed" });
    expect(one.kaspiPrice()).toBe(price);
  });

  test("follows usual expenses, makes its product due, and is tried out with the others", async () => {
    const one = next();
    const price = one.kaspiPrice();
    const costs = { ...noCosts, cost: tenge(price), other: tenge(0) };
    await setCosts(db, owner, one.productId, { costs, confirm: true }, clock());
    await rule(one, { ceilingMarkup: 10, whenAlone: { kind: "ceiling" } });
    one.rivals();
    await one.watch({ floor: Math.ceil(price * 0.9), ceiling: price });
    await one.check();
    expect(await ceilingOf(one)).toBe(price);
    const usual = { ...nothingUsual, packaging: tenge(0) };
    const head = { category: "", validFrom: "2020-01-01", source: null };
    const tariffs = [{ ...head, kind: "usual" as const, value: usual }];
    await db.update(products).set({ ceiling: null }).where(eq(products.id, one.productId));
    const runId = await setTariffs(db, owner, { storeId: null, tariffs }, clock());
    while (runId && (await recomputeBatch(db, runId, clock())));
    expect(await ceilingOf(one)).toBe(Math.floor(price * 1.1));
    const [city] = await db
      .select()
      .from(productCities)
      .where(eq(productCities.productId, one.productId));
    expect(city?.nextCheckAt.getTime()).toBeLessThanOrEqual(clock().getTime());
    expect(await db.select().from(wideChanges)).toMatchObject([{ what: "tariffs", products: 1 }]);
  });
});
