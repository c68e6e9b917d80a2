import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { releaseManualLock, setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { resumeBots, undoDecision, undoRun } from "@/lib/repricing/undo/undo";
import { testOffice } from "../../support/office";
import { syncNow } from "../../support/stores";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shop = await watchedShop(office, 1);
const [goods] = shop.shelf;
const [start = 0] = shop.starts;
if (!goods) throw new Error("the shop is empty");
const { productId } = goods;

const lower = Math.round(start * 0.8);
const higher = Math.round(start * 1.3);
const rival = Math.round(start * 0.99);

beforeEach(async () => {
  twin.clearFaults();
  await shop.beginAgain();
});

const byHand = (price: number, hold = false) =>
  setPriceByHand(db, owner, productId, { price: tenge(price), hold, confirm: true }, clock());
const undo = (decisionId: string) => undoDecision(db, owner, decisionId, clock());
const anchor = async () => (await goods.product()).anchor;
const bot = async () => {
  await releaseManualLock(db, owner, productId, clock());
  await goods.cycle();
  return goods.kaspiPrice();
};

describe("the ceiling of a bot", () => {
  test("follows a price by hand when Kaspi shows it", async () => {
    await byHand(lower);
    expect(await anchor()).toBe(start);
    await shop.settle();
    expect(await anchor()).toBe(lower);
    goods.rivals(rival);
    expect(await bot()).toBe(lower);
  });

  test("stays at a price by hand while it is on its way", async () => {
    await byHand(higher);
    await shop.publish();
    const check = await goods.check();
    expect(check?.input).toMatchObject({ current: higher, anchor: higher });
    expect(check?.decision).toMatchObject({ kind: "hold", reason: "no_competitors_hold" });
  });

  test("follows a price by hand that Kaspi shows already", async () => {
    await byHand(higher);
    await shop.settle();
    await db.update(products).set({ anchor: tenge(higher + 100) });
    await byHand(higher);
    await shop.settle();
    expect(await anchor()).toBe(higher);
  });

  test("is as it was after a price by hand that was undone before it left", async () => {
    goods.rivals(rival);
    await undo(await byHand(lower));
    expect(await anchor()).toBe(start);
    expect(await bot()).toBe(rival - 1);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      "the gate has refused",
      () => setLimits(db, owner, productId, { floor: tenge(lower + 1), confirm: true }, clock()),
    ],
    ["has found no way out in a day", async () => twin.advance({ ms: DAY + 1 })],
    [
      "Kaspi has never applied",
      async () => {
        twin.setFault({ name: "write_lost" });
        await shop.publish();
        twin.advance({ ms: HOUR + MINUTE });
      },
    ],
  ])("is as it was after a price by hand that %s", async (_, happens) => {
    await byHand(lower);
    await happens();
    await shop.settle();
    expect(goods.kaspiPrice()).toBe(start);
    expect(await anchor()).toBe(start);
  });

  test("comes down again with a price by hand that is undone", async () => {
    const first = await byHand(higher);
    await shop.settle();
    expect(await anchor()).toBe(higher);
    await undo(first);
    await shop.settle();
    expect(goods.kaspiPrice()).toBe(start);
    expect(await anchor()).toBe(start);
    goods.rivals(Math.round(start * 1.2));
    expect(await bot()).toBe(start);
  });

  test("comes down as well when the undone price was still on its way", async () => {
    const first = await byHand(higher);
    await shop.publish();
    await undo(first);
    await shop.settle(2);
    expect(goods.kaspiPrice()).toBe(start);
    expect(await anchor()).toBe(start);
  });

  test("goes up again when the undo is undone", async () => {
    const first = await byHand(higher);
    await shop.settle();
    const undoId = await undo(first);
    await shop.settle();
    await undoRun(db, owner, undoId, clock());
    await shop.settle();
    expect(goods.kaspiPrice()).toBe(higher);
    expect(await anchor()).toBe(higher);
    expect(await bot()).toBe(higher);
  });

  test("of one switched on before its price was known is the first price it meets", async () => {
    await setBot(db, owner, productId, false, clock());
    await db.update(products).set({ price: null, anchor: null });
    await db.update(productCities).set({ price: null });
    await setBot(db, owner, productId, true, clock());
    expect(await anchor()).toBeNull();
    await syncNow(office, shop.storeId);
    goods.rivals(rival);
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(rival - 1);
    expect(await anchor()).toBe(start);
    goods.rivals(start * 2);
    await goods.cycle();
    expect(goods.kaspiPrice()).toBe(start);
  });

  test("is none lower after a bot's change was undone", async () => {
    goods.rivals(lower + 1);
    await goods.cycle();
    const [change] = (await goods.history()).filter(({ kind }) => kind === "change");
    const undoId = await undo(change?.id ?? "");
    await shop.settle();
    expect(await resumeBots(db, owner, undoId, clock())).toBe(1);
    const [row] = await db.select().from(products).where(eq(products.id, productId));
    expect(row).toMatchObject({ anchor: start, manualLock: false });
  });
});
