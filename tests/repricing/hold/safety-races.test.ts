import { and, desc, eq, inArray } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { productCities } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { rejectHold, releaseHold } from "@/lib/repricing/hold/answer-hold";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { undoRun } from "@/lib/repricing/undo/undo";
import { setSendingStopped } from "@/lib/workspace/queries";
import type { Handle } from "../../support/goods";
import { eventually } from "../../support/locks";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const MANY = 14;
const shop = await watchedShop(office, MANY);
const { storeId, shelf, starts, run, publish, prices, rivalsAt } = shop;

beforeEach(() => shop.beginAgain({ keepsLedger: true }));

// Whatever happened, nobody has touched the ledger but by the rules.
afterEach(async () => {
  const rows = await db.select().from(decisions).orderBy(decisions.seq);
  const seqs = rows.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, nth) => nth + 1));
  const [verdict] = await verifyLedgers(db, { storeId });
  expect(verdict?.head.seq).toBe(seqs.length);
  expect(verdict?.flaws).toEqual([]);
});

/** How many prices of these have left for Kaspi so far. */
function leftOf(goods: readonly Handle[]): number {
  const skus = new Set<string | null>(goods.map(({ sku }) => sku));
  return twin.writes().filter(({ sku }) => skus.has(sku)).length;
}

/** How many of them are past the exit gate: on their way, and not read back yet. */
function pastGate(goods: readonly Handle[]): Promise<number> {
  const ids = goods.map(({ productId }) => productId);
  const isPast = inArray(decisions.state, ["sending", "sent"]);
  return db.$count(decisions, and(inArray(decisions.productId, ids), isPast));
}

/** Long enough for a price that waits for another of its product. */
const settle = () => shop.settle(4);

test("a floor raised while the price is being sent: it left before, or not at all, and is raised next", async () => {
  rivalsAt(0.95);
  await run();
  const raise = (one: Handle, nth: number) =>
    setLimits(db, owner, one.productId, { floor: tenge(starts[nth] ?? 0) }, access.clock());
  await Promise.all([publish(), publish(), ...shelf.map(raise)]);
  await settle();
  await run();
  await settle();
  expect(prices()).toEqual(starts);
});

test("bots switched off while prices are being sent: none of theirs leaves afterwards", async () => {
  rivalsAt(0.95);
  await run();
  const [half, others] = [shelf.slice(0, MANY / 2), shelf.slice(MANY / 2)];
  const before = [leftOf(half), leftOf(others)] as const;
  const off = (one: Handle) => setBot(db, owner, one.productId, false, access.clock());
  const publishing = publish();
  await eventually(async () => (await pastGate(shelf)) > 0);
  await Promise.all(half.map(off));
  const passed = await pastGate(half);
  await publishing;
  await settle();
  expect(leftOf(half) - before[0]).toBe(passed);
  expect(passed).toBeLessThan(half.length);
  expect(leftOf(others) - before[1]).toBe(others.length);
});

test("everything stopped while prices are being sent: what is past the gate leaves, and nothing else", async () => {
  rivalsAt(0.95);
  await run();
  const before = leftOf(shelf);
  const publishing = publish();
  await eventually(async () => (await pastGate(shelf)) > 0);
  await setSendingStopped(db, null, true, access.clock());
  const passed = await pastGate(shelf);
  await publishing;
  await publish();
  expect(await pastGate(shelf)).toBe(passed);
  expect(leftOf(shelf) - before).toBe(passed);
  expect(passed).toBeLessThan(MANY);
});

test("an undo during the next run: every price is back, and stays", async () => {
  rivalsAt(0.97);
  await run();
  await settle();
  const [first] = await db.select().from(pricingRuns).orderBy(desc(pricingRuns.startedAt)).limit(1);
  rivalsAt(0.95);
  await db.update(productCities).set({ nextCheckAt: access.clock() });
  await Promise.all([
    repriceDue(access, storeId, { trigger: "schedule" }),
    undoRun(db, owner, first?.id ?? "", access.clock()),
    publish(),
  ]);
  await settle();
  await run();
  await settle();
  expect(prices()).toEqual(starts);
});

test("the same products in several runs at once: one change of each, and the ledger is whole", async () => {
  rivalsAt(0.96);
  await db.update(productCities).set({ nextCheckAt: access.clock() });
  await Promise.all([
    repriceDue(access, storeId, { trigger: "schedule" }),
    repriceDue(access, storeId, { trigger: "schedule" }),
    ...shelf.slice(0, 5).map((one) => one.check()),
    publish(),
  ]);
  const before = twin.writes().length;
  await settle();
  expect(prices()).toEqual(starts.map((price) => Math.ceil(price * 0.96) - 1));
  expect(twin.writes().length - before).toBeLessThanOrEqual(MANY);
  const open = inArray(decisions.state, ["pending", "sending", "sent"]);
  expect(await db.$count(decisions, and(eq(decisions.storeId, storeId), open))).toBe(0);
});

test("many small runs and senders at once: no tenth price falls far before a person has looked", async () => {
  rivalsAt(0.85);
  const before = twin.writes().length;
  let isOver = false;
  const sender = async () => {
    while (!isOver) await publishStore(access, storeId);
  };
  const checks = Promise.all(shelf.map((one) => one.check()));
  await Promise.all([
    sender(),
    sender(),
    checks.then(() => {
      isOver = true;
    }),
  ]);
  await publish();
  expect(twin.writes().length - before).toBeLessThan(10);
  expect(await openHolds(db, owner)).toMatchObject([{ kind: "breaker" }]);
});

test("two people answer one hold: one is heard, the other is told", async () => {
  rivalsAt(0.85);
  await run();
  const [hold] = await openHolds(db, owner);
  const id = hold?.id ?? "";
  const answers = await Promise.allSettled([
    releaseHold(db, owner, id, access.clock()),
    rejectHold(db, owner, id, access.clock()),
    releaseHold(db, owner, id, access.clock()),
  ]);
  const heard = answers.filter(({ status }) => status === "fulfilled");
  const told = answers.filter(
    (one) => one.status === "rejected" && (one.reason as { kind?: string }).kind === "conflict",
  );
  expect([heard.length, told.length]).toEqual([1, 2]);
});

test("rules tried out first by two senders at once: five prices, not ten", async () => {
  rivalsAt(0.97);
  await db.transaction((tx) =>
    noteWideChange(tx, {
      storeId,
      what: "store_rule",
      products: 60,
      by: owner.id,
      now: access.clock(),
    }),
  );
  await run();
  const before = twin.writes().length;
  await Promise.all([publish(), publish(), publish()]);
  expect(twin.writes().length - before).toBe(5);
  await settle();
  expect(twin.writes().length - before).toBe(MANY);
});
