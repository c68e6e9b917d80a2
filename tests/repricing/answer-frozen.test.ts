import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities } from "@/lib/db/schema/products";
import { auditLog } from "@/lib/db/schema/workspace";
import { approveFrozen, keepPrice } from "@/lib/repricing/answer-frozen";
import { setLimits } from "@/lib/repricing/set-limits";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);

let goods: Handle;
let start = 0;
let question = { productId: "", decisionId: "" };

/** A rival at half our price: the bot does not follow it without a person. */
beforeEach(async () => {
  goods = shelf.take();
  start = goods.kaspiPrice();
  const { productId } = goods;
  goods.rivals(Math.floor(start / 2));
  await goods.watch({ floor: Math.ceil(start / 4) });
  await goods.cycle();
  const frozen = await last();
  expect(frozen).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  question = { productId, decisionId: frozen?.id ?? "" };
});

const last = async () => (await goods.history()).at(-1);
const wanted = () => Math.floor(start / 2) - 1;

describe("a price that waits for a person", () => {
  test("is set by hand when the person agrees, and reaches Kaspi", async () => {
    await approveFrozen(db, owner, question, access.clock());
    expect(await last()).toMatchObject({ origin: "manual", price: wanted(), state: "pending" });
    await goods.publish();
    twin.advance({ ms: 10_000 });
    expect(goods.kaspiPrice()).toBe(wanted());
    const states = (await goods.history()).map(({ state }) => state);
    expect(states).toEqual(["superseded", "sent"]);
  });

  test("passes no floor raised since", async () => {
    await setLimits(db, owner, goods.productId, { floor: tenge(start - 1) }, access.clock());
    await expect(approveFrozen(db, owner, question, access.clock())).rejects.toMatchObject({
      key: "price_below_floor",
    });
    expect(await last()).toMatchObject({ state: "frozen" });
  });

  test("is refused when the person keeps the old one, and not asked about again", async () => {
    await keepPrice(db, owner, question, access.clock());
    expect(await last()).toMatchObject({ state: "refused", stateReason: "person_kept" });
    await goods.cycle();
    expect(await goods.history()).toHaveLength(1);
    expect(goods.writes()).toEqual([]);
    const kept = { action: "product.price_kept", userId: owner.id };
    const told = and(eq(auditLog.subjectId, goods.productId), eq(auditLog.action, kept.action));
    expect(await db.select().from(auditLog).where(told)).toMatchObject([
      { ...kept, details: { kept: start, refused: wanted() } },
    ]);
  });

  test("is asked about again when the market has changed", async () => {
    await keepPrice(db, owner, question, access.clock());
    goods.rivals(Math.floor(start / 2) - 5);
    twin.advance({ ms: 60_000 });
    await goods.cycle();
    expect(await last()).toMatchObject({ reason: "anomaly_frozen", state: "frozen" });
  });

  test("is answered once: a second answer, or one to an older question, changes nothing", async () => {
    await keepPrice(db, owner, question, access.clock());
    for (const answer of [approveFrozen, keepPrice])
      await expect(answer(db, owner, question, access.clock())).rejects.toMatchObject({
        kind: "conflict",
      });
    expect(await goods.history()).toHaveLength(1);
  });

  test("is no question to somebody from another store", async () => {
    for (const answer of [approveFrozen, keepPrice])
      await expect(answer(db, stranger, question, access.clock())).rejects.toMatchObject({
        kind: "not_found",
      });
    expect(await last()).toMatchObject({ state: "frozen" });
  });

  test("still leaves room to rise to where it came from, once the rival is gone", async () => {
    await approveFrozen(db, owner, question, access.clock());
    await goods.publish();
    twin.advance({ ms: 10_000 });
    expect(await goods.product()).toMatchObject({ anchor: start });
    goods.rivals(Math.floor(start * 0.6));
    twin.advance({ ms: 120_000 });
    await goods.cycle();
    await goods.cycle();
    expect(goods.kaspiPrice()).toBeGreaterThan(wanted());
  });

  test("is no price for another city the store has moved to meanwhile", async () => {
    const { storeId, productId, cityId } = goods;
    const other = { productId, storeId, cityId: "710000000", price: tenge(start * 3) };
    await db.insert(productCities).values({ ...other, nextCheckAt: access.clock() });
    await db.update(stores).set({ mainCityId: other.cityId }).where(eq(stores.id, storeId));
    const answer = approveFrozen(db, owner, question, access.clock());
    await expect(answer).rejects.toMatchObject({ kind: "conflict" });
    await keepPrice(db, owner, question, access.clock());
    await db.update(stores).set({ mainCityId: cityId }).where(eq(stores.id, storeId));
    expect(goods.writes()).toEqual([]);
  });
});
