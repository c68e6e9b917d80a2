import { and, eq, isNotNull } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { priceAnswers, wideChanges } from "@/lib/db/schema/safety";
import { lockProduct } from "@/lib/products/queries";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { settleCanary } from "@/lib/repricing/hold/canary";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { excludeRival } from "@/lib/repricing/rule/exclude-rival";
import { setDefaultRule } from "@/lib/repricing/rule/set-rule";
import { lockForExit } from "@/lib/repricing/send/exit-lock-queries";
import { resumeBots, undoRun } from "@/lib/repricing/undo/undo";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { watchedShop } from "../support/watched-shop";

// In each of these two or three meet in the one order in which they would wait for each other in a circle,
// did one of them not take its locks as all do. Postgres would end one of them with an error.

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
const shop = await watchedShop(office, 6);
const { storeId, shelf, run, rivalsAt } = shop;
const [first] = shelf;
if (!first) throw new Error("the shop is empty");
const store = { id: storeId, name: "" };

beforeEach(async () => {
  await shop.beginAgain();
  await db.update(stores).set({ rule: {} });
});

/** Of prices that are tried out one has failed; the other waits to be sent, as the exit gate knows it. */
async function pricesTriedOut() {
  const wide = { storeId, what: "store_rule", products: 60, by: owner.id, now: clock() } as const;
  await db.transaction((tx) => noteWideChange(tx, wide));
  rivalsAt(0.97);
  await run();
  await db.transaction((tx) => settleCanary(tx, store, clock()));
  const [waits, fails] = await db
    .select({ id: decisions.id, productId: decisions.productId, accountId: stores.accountId })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(isNotNull(decisions.canaryOf));
  if (!waits || !fails) throw new Error("nothing is tried out");
  await db.update(decisions).set({ state: "rejected" }).where(eq(decisions.id, fails.id));
  return { ...waits, accountId: waits.accountId ?? "" };
}

const lockDecision = (id: string) => (tx: Tx) =>
  tx.select().from(decisions).where(eq(decisions.id, id)).for("update");

const ruleChanges: [string, () => Promise<unknown>][] = [
  [
    "the store's rule is changed",
    () => setDefaultRule(db, owner, storeId, { maxDrop: 14 }, clock()),
  ],
  [
    "a rival is left out",
    () =>
      excludeRival(
        db,
        owner,
        { merchantId: "990000", storeId: undefined, excluded: true },
        clock(),
      ),
  ],
];

test.each(ruleChanges)(
  "%s while one price that is tried out is at the exit gate and another has failed: all get through",
  async (_what, change) => {
    const price = await pricesTriedOut();
    const gate = await hold(db, lockDecision(price.id));
    const trial = db.transaction((tx) => settleCanary(tx, store, clock()));
    await waiting(db, 1);
    const changed = change();
    await waiting(db, 2);
    await gate.also((tx) => lockForExit(tx, price));
    await gate.release();
    await Promise.all([trial, changed]);
    const [row] = await db.select().from(stores).where(eq(stores.id, storeId));
    expect(row?.rule).not.toEqual({});
  },
);

test("two people leave out a rival each at the same time: both are left out", async () => {
  const leaveOut = (merchantId: string) =>
    excludeRival(db, owner, { merchantId, storeId, excluded: true }, clock());
  const ledger = await hold(db, (tx) => lockLedger(tx, storeId));
  const both = [leaveOut("990000"), leaveOut("990001")];
  await waiting(db, 2);
  await ledger.release();
  await Promise.all(both);
  const [row] = await db.select().from(stores).where(eq(stores.id, storeId));
  expect(row?.rule).toEqual({ excludeRivals: expect.arrayContaining(["990000", "990001"]) });
});

test("two changes of many rules at once: one is tried out, and neither fails", async () => {
  const wide = { storeId, what: "bulk", products: 60, by: owner.id, now: clock() } as const;
  const note = () => db.transaction((tx) => noteWideChange(tx, wide));
  const ledger = await hold(db, (tx) => lockLedger(tx, storeId));
  const both = [note(), note()];
  await waiting(db, 2);
  await ledger.release();
  await Promise.all(both);
  const noted = await db.select({ state: wideChanges.state }).from(wideChanges);
  expect(noted.map(({ state }) => state).sort()).toEqual(["open", "replaced"]);
});

test("an undo is undone while a person prices one of its products: both are done", async () => {
  rivalsAt(0.97);
  await run();
  const [{ runId } = { runId: null }] = await db.select().from(decisions).limit(1);
  const undoId = await undoRun(db, owner, runId ?? "", clock());
  const person = await hold(db, (tx) => lockProduct(tx, owner, first.productId, "change_price"));
  const freed = resumeBots(db, owner, undoId, clock());
  await waiting(db, 1);
  const hand = { price: tenge(first.kaspiPrice() - 5), hold: true, confirm: true };
  await person.also((tx) => setPriceByHand(tx, owner, first.productId, hand, clock()));
  await person.release();
  expect(await freed).toBe(shelf.length - 1);
});

test("bots are switched on for many while a look at them is saved: both are done", async () => {
  const ids = shelf.map(({ productId }) => productId);
  await db.update(products).set({ botEnabled: false });
  const change = { kind: "bot", enabled: true } as const;
  const request = { selection: { kind: "ids", ids }, change, confirm: true } as const;
  const runId = await changeMany(db, owner, request, clock());
  const look = await hold(db, (tx) => lockLedger(tx, storeId));
  const batch = changeBatch(db, runId, clock());
  await waiting(db, 1);
  await look.also((tx) => tx.select().from(productCities).for("update"));
  await look.release();
  expect(await batch).toBe(true);
});

test("a limit is set while a look finds that what was agreed to is no longer wanted: both are done", async () => {
  const { productId, cityId } = first;
  first.rivals();
  const price = tenge(first.kaspiPrice() - 100);
  const until = new Date(clock().getTime() + 60_000);
  const agreed = {
    answer: "agreed",
    price,
    priceBefore: null,
    answeredBy: owner.id,
    until,
  } as const;
  await db.insert(priceAnswers).values({ productId, cityId, ...agreed });
  const here = and(eq(productCities.productId, productId), eq(productCities.cityId, cityId));
  const seller = await hold(db, (tx) => tx.select().from(productCities).where(here).for("update"));
  const look = first.check();
  await waiting(db, 1);
  await seller.also((tx) => tx.delete(priceAnswers).where(eq(priceAnswers.productId, productId)));
  await seller.release();
  expect(await look).not.toBeNull();
});
