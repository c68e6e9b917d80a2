import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { priceWars } from "@/lib/db/schema/price-wars";
import { products } from "@/lib/db/schema/products";
import { auditLog } from "@/lib/db/schema/workspace";
import { answerWar, takeBackAnswer } from "@/lib/price-wars/answer-war";
import { openWars, warOn } from "@/lib/price-wars/queries";
import { watchStore } from "@/lib/price-wars/watch-store";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { type Goods, goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf: Goods[] = [];
let storeId = "";

beforeAll(async () => {
  const store = await connectedStore(office, trainingCredentials);
  storeId = store.storeId;
  await syncNow(office, storeId);
  shelf.push(...(await goodsOnSale(office, storeId, store.merchantId)));
});

describe("a rival who undercuts us again and again", () => {
  let goods: Handle;
  let start = 0;

  beforeEach(async () => {
    const next = shelf.pop();
    if (!next) throw new Error("the shop is too small for these tests");
    goods = handle(office, next);
    start = goods.kaspiPrice();
    goods.rivals(start + 50);
    await goods.watch({ floor: Math.ceil(start * 0.8) });
    await goods.cycle();
  });

  const watch = () => watchStore(access, storeId);
  const open = () =>
    db
      .select()
      .from(priceWars)
      .where(and(eq(priceWars.productId, goods.productId), isNull(priceWars.endedAt)));
  const shown = () =>
    warOn(db, owner, { id: goods.productId, cityId: goods.cityId }, access.clock());
  const rule = async () => {
    const [row] = await db.select().from(products).where(eq(products.id, goods.productId));
    return row?.rule;
  };

  /** The rival goes a tenge under us, and we answer; so many times. */
  async function rounds(count: number, apart = 10 * MINUTE) {
    for (let round = 0; round < count; round++) {
      goods.rivals(goods.kaspiPrice() - 1);
      await goods.cycle();
      twin.advance({ ms: apart });
    }
  }

  /** A war of three rounds, as its page shows it. */
  async function atWar() {
    await rounds(3);
    await watch();
    const war = await shown();
    if (!war) throw new Error("no war was found");
    return war;
  }

  test("is at war with us from the third answered cut on, and what a unit loses is known", async () => {
    await rounds(2);
    expect(await watch()).toMatchObject({ opened: 0 });
    await rounds(1);
    expect(await watch()).toMatchObject({ opened: 1 });
    expect(await shown()).toMatchObject({
      rivalId: "990000",
      rounds: 3,
      priceBefore: start,
      price: start - 6,
      endedAt: null,
    });
    const { rows } = await openWars(db, owner, undefined);
    expect(rows.map(({ productId }) => productId)).toContain(goods.productId);
    expect((await openWars(db, stranger, undefined)).count).toBe(0);
  });

  test("is counted on, however often and by however many it is looked at", async () => {
    await atWar();
    await rounds(2);
    await Promise.all([watch(), watch(), watch()]);
    await watch();
    expect(await open()).toMatchObject([{ rounds: 5, price: start - 10 }]);
  });

  test("is found in the list of products at war, and not any more when it rests for three hours", async () => {
    const listed = async () => {
      const query = productListSchema.parse({ watch: "war" });
      const { rows } = await listProducts(db, owner, query, access.clock());
      return rows.some(({ id }) => id === goods.productId);
    };
    expect(await listed()).toBe(false);
    await atWar();
    expect(await listed()).toBe(true);
    twin.advance({ ms: 2 * HOUR });
    await watch();
    expect(await listed()).toBe(true);
    twin.advance({ ms: 2 * HOUR });
    expect((await watch()).ended).toBeGreaterThan(0);
    expect(await listed()).toBe(false);
    expect(await shown()).toBeNull();
  });

  test("is no war at one cut a day", async () => {
    await rounds(6, DAY);
    await watch();
    expect(await open()).toEqual([]);
  });

  test("an answer changes the rule at once and ends the war; taken back, the rule is what it was", async () => {
    await setProductRule(
      db,
      owner,
      goods.productId,
      { step: { unit: "percent", value: 1 }, whenFirst: "hold" },
      access.clock(),
    );
    const before = await rule();
    const war = await atWar();
    await answerWar(db, owner, { warId: war.id, answer: "hold" }, access.clock());
    expect(await rule()).toEqual({
      ...Object(before),
      strategy: { kind: "fixed", price: goods.kaspiPrice() },
    });
    const held = goods.kaspiPrice();
    await rounds(3);
    expect(goods.kaspiPrice()).toBe(held);
    twin.advance({ ms: 4 * HOUR });
    await watch();
    expect(await open()).toEqual([]);
    expect(await shown()).toMatchObject({ id: war.id, answer: "hold" });
    await takeBackAnswer(db, owner, { warId: war.id }, access.clock());
    expect(await rule()).toEqual(before);
    expect(await shown()).toBeNull();
    const said = await db.select().from(auditLog).where(eq(auditLog.subjectId, goods.productId));
    expect(said.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["price_war.answered", "price_war.answer_taken_back"]),
    );
  });

  test("to stay a step above lets the rival have the place and keeps the money", async () => {
    const war = await atWar();
    await answerWar(db, owner, { warId: war.id, answer: "above" }, access.clock());
    goods.rivals(start - 20);
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(start - 19);
  });

  test("a night reset brings the price back to where it began while everybody sleeps", async () => {
    const war = await atWar();
    await answerWar(db, owner, { warId: war.id, answer: "night" }, access.clock());
    while (new Date(access.clock().getTime() + 5 * HOUR).getUTCHours() !== 2)
      twin.advance({ ms: HOUR });
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(start);
    twin.advance({ ms: 7 * HOUR });
    await goods.cycle();
    expect(goods.kaspiPrice()).toBeLessThan(start);
  });

  test("is answered once, by those who may, and never over somebody else's later rule", async () => {
    const war = await atWar();
    const answer = { warId: war.id, answer: "match" } as const;
    await expect(answerWar(db, stranger, answer, access.clock())).rejects.toMatchObject({
      kind: "not_found",
    });
    const both = await Promise.allSettled([
      answerWar(db, owner, answer, access.clock()),
      answerWar(db, owner, { ...answer, answer: "above" }, access.clock()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await setProductRule(db, owner, goods.productId, { whenFirst: "hold" }, access.clock());
    await expect(takeBackAnswer(db, owner, answer, access.clock())).rejects.toMatchObject({
      key: "rule_changed_since",
    });
    expect(await rule()).toEqual({ whenFirst: "hold" });
  });
});
