import { eq, inArray, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { notices } from "@/lib/db/schema/workspace";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { endVoidQuestions } from "@/lib/repricing/hold/void-questions";
import { undoRun } from "@/lib/repricing/undo/undo";
import { forgetOld } from "@/lib/retention/forget-old";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const MANY = 10;
const shop = await watchedShop(office, MANY);
const { shelf, run, publish, rivalsAt, beginAgain } = shop;
const [first, ...others] = shelf;
if (!first) throw new Error("the shop is empty");
const { productId } = first;

beforeEach(async () => {
  await db.update(stores).set({ isActive: true });
  await db.update(productCities).set({ isPriced: true });
  await beginAgain();
});

const end = () => endVoidQuestions(db, clock());
const asked = () =>
  db
    .select()
    .from(decisions)
    .where(inArray(decisions.state, ["frozen", "held"]));
/** The questions are so many days old, the market of this hour. */
const grown = (days: number) =>
  db.update(decisions).set({ decidedAt: later(clock(), -days * DAY) });
const switchBot = (on: boolean) => setBot(db, owner, productId, on, clock());

describe("a question about a frozen price", () => {
  beforeEach(async () => {
    rivalsAt(0.55);
    await run();
    expect(await asked()).toHaveLength(MANY);
  });

  const ends: [string, () => Promise<unknown>][] = [
    ["bot_off", () => switchBot(false)],
    ["gone", () => db.update(products).set({ goneAt: clock() }).where(eq(products.id, productId))],
    [
      "other_city",
      () =>
        db
          .update(productCities)
          .set({ isPriced: false })
          .where(eq(productCities.productId, productId)),
    ],
  ];

  test.each(ends)("ends with the reason %s, and no other does", async (why, happens) => {
    expect(await end()).toBe(0);
    await happens();
    expect(await end()).toBe(1);
    expect((await first.history()).at(-1)).toMatchObject({ state: "expired", stateReason: why });
    expect(await asked()).toHaveLength(MANY - 1);
    expect(await publish()).toBe(0);
  });

  test("is asked again when the bot comes on again", async () => {
    await switchBot(false);
    await end();
    await switchBot(true);
    await run();
    expect((await first.history()).map(({ state }) => state)).toEqual(["expired", "frozen"]);
  });

  test("is asked anew after a week, and no earlier", async () => {
    const ids = (await asked()).map(({ id }) => id).toSorted();
    await grown(6);
    await run();
    expect((await asked()).map(({ id }) => id).toSorted()).toEqual(ids);
    await grown(8);
    await run();
    expect(await asked()).toHaveLength(MANY);
    expect((await first.history()).map(({ state }) => state)).toEqual(["superseded", "frozen"]);
  });

  test("ends after thirty days in a shop on pause, and pruning goes on", async () => {
    await db.update(stores).set({ isActive: false });
    twin.advance({ ms: 29 * DAY });
    expect(await end()).toBe(0);
    twin.advance({ ms: 2 * DAY });
    expect(await end()).toBe(MANY);
    expect((await first.history()).at(-1)).toMatchObject({ stateReason: "unanswered" });
    twin.advance({ ms: 150 * DAY });
    await forgetOld(access, { marketDays: 3_650, historyDays: 3_650, decisionDays: 180 });
    expect(await db.$count(decisions)).toBe(0);
  });

  test("stops no pruning in an archived shop, nor does a price nobody read back", async () => {
    await db.update(decisions).set({ state: "sent" }).where(eq(decisions.productId, productId));
    await db.update(stores).set({ isActive: false, archivedAt: clock() });
    twin.advance({ ms: 181 * DAY });
    await forgetOld(access, { marketDays: 3_650, historyDays: 3_650, decisionDays: 180 });
    await db.update(stores).set({ isActive: true, archivedAt: null });
    expect(await db.$count(decisions)).toBe(0);
  });
});

describe("a question about a held run", () => {
  beforeEach(async () => {
    rivalsAt(0.88);
    await run();
    expect(await openHolds(db, owner)).toMatchObject([{ waiting: MANY }]);
  });

  test("loses those whose bot is off, and is over with the last of them", async () => {
    await switchBot(false);
    expect(await end()).toBe(1);
    expect(await openHolds(db, owner)).toMatchObject([{ waiting: MANY - 1 }]);
    for (const one of others) await setBot(db, owner, one.productId, false, clock());
    expect(await end()).toBe(MANY - 1);
    expect(await openHolds(db, owner)).toEqual([]);
    expect(await db.$count(notices, isNull(notices.resolvedAt))).toBe(0);
  });

  test("is over when the run is undone before it was answered", async () => {
    const [{ runId } = { runId: null }] = await asked();
    await undoRun(db, owner, runId ?? "", clock());
    expect(await openHolds(db, owner)).toMatchObject([{ waiting: 0 }]);
    await end();
    expect(await openHolds(db, owner)).toEqual([]);
    expect(await db.$count(notices, isNull(notices.resolvedAt))).toBe(0);
  });

  test("goes on after a week: what is asked anew is held with it, and nothing leaves", async () => {
    const [hold] = await openHolds(db, owner);
    await grown(8);
    await run();
    expect(await publish()).toBe(0);
    const held = await asked();
    expect(held.map(({ holdId }) => holdId)).toEqual(held.map(() => hold?.id));
    expect(held).toHaveLength(MANY);
    expect(await first.history()).toHaveLength(2);
  });
});
