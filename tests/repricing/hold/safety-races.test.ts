import { and, desc, eq, inArray } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { priceAnswers, priceHolds, undoItems, wideChanges } from "@/lib/db/schema/safety";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import { rejectHold, releaseHold } from "@/lib/repricing/hold/answer-hold";
import { openHolds } from "@/lib/repricing/hold/hold-queries";
import { noteWideChange } from "@/lib/repricing/hold/wide-change";
import { verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { undoRun } from "@/lib/repricing/undo/undo";
import { setSendingStopped } from "@/lib/workspace/queries";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const MANY = 14;
let storeId = "";
let shelf: Handle[] = [];
let starts: number[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, store.merchantId);
  shelf = goods.slice(0, MANY).map((one) => handle(office, one));
  starts = shelf.map((one) => one.kaspiPrice());
  for (const one of shelf) await one.watch({ floor: Math.ceil(one.kaspiPrice() * 0.5) });
});

beforeEach(async () => {
  await db.delete(undoItems);
  await db.delete(priceAnswers);
  await db.delete(priceHolds);
  await db.delete(wideChanges);
  await db.update(decisions).set({ state: "confirmed", canaryOf: null });
  await setSendingStopped(db, null, false, access.clock());
  twin.advance({ ms: 2 * HOUR });
  for (const [nth, one] of shelf.entries()) {
    const { merchantUid, sku, productId } = one;
    const price = tenge(starts[nth] ?? 0);
    twin.changeOffer({ merchantUid, sku, price, cityPrices: null });
    await db.update(productCities).set({ price }).where(eq(productCities.productId, productId));
    const floor = tenge(Math.ceil(price * 0.5));
    const fresh = { manualLock: false, botEnabled: true, floor, ceiling: null, anchor: price };
    await db.update(products).set(fresh).where(eq(products.id, productId));
  }
});

const rivalsAt = (share: number) => {
  for (const [nth, one] of shelf.entries()) one.rivals(Math.ceil((starts[nth] ?? 0) * share));
};

async function run(): Promise<void> {
  await db.update(productCities).set({ nextCheckAt: access.clock() });
  while (await repriceDue(access, storeId, { trigger: "schedule" }));
}

async function publish(): Promise<void> {
  while ((await publishStore(access, storeId)).goesOn);
}

async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await publish();
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
  }
}

const prices = () => shelf.map((one) => one.kaspiPrice());

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

test("a bot switched off, or everything stopped, while prices are being sent: none leaves afterwards", async () => {
  rivalsAt(0.95);
  await run();
  const off = (one: Handle) => setBot(db, owner, one.productId, false, access.clock());
  await Promise.all([publish(), ...shelf.slice(0, 7).map(off)]);
  await settle();
  const sent = twin.writes().length;
  rivalsAt(0.94);
  await run();
  const stopping = publish();
  await setSendingStopped(db, null, true, access.clock());
  await stopping;
  const stopped = twin.writes().length;
  expect(stopped - sent).toBeLessThanOrEqual(7);
  await publish();
  expect(twin.writes().length).toBe(stopped);
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
    noteWideChange(tx, { storeId, what: "bulk", products: 60, by: owner.id, now: access.clock() }),
  );
  await run();
  const before = twin.writes().length;
  await Promise.all([publish(), publish(), publish()]);
  expect(twin.writes().length - before).toBe(5);
  await settle();
  expect(twin.writes().length - before).toBe(MANY);
});

test("after all this nobody has touched the ledger but by the rules", async () => {
  const rows = await db.select().from(decisions).orderBy(decisions.seq);
  const seqs = rows.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, nth) => nth + 1));
  const [verdict] = await verifyLedgers(db, { storeId });
  expect(verdict?.head.seq).toBe(seqs.length);
  expect(verdict?.flaws).toEqual([]);
});
