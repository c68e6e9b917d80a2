import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import { jobEvents } from "@/lib/db/schema/jobs";
import { kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { storesWithOpenDecisions } from "@/lib/repricing/send/publish-queries";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { archiveStore } from "@/lib/stores/change-queries";
import { setStoreSendingStopped } from "@/lib/stores/queries";
import { setSendingStopped } from "@/lib/workspace/queries";
import type { Handle } from "../support/goods";
import { eventually, hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { storeId } = shelf;

let first: Handle;
let second: Handle;
let start = 0;

/** Two products whose bots have decided, the first one earlier; nothing has been sent. */
beforeEach(async () => {
  twin.clearFaults();
  await db.delete(budgetEntries);
  await db.delete(decisions);
  await db.update(kaspiLogins).set({ writesBlockedUntil: null });
  await db
    .update(workspace)
    .set({ writesPerWindow: 250, writesPerSecond: 1e6, sendingStoppedAt: null });
  await db.update(stores).set({ archivedAt: null, isActive: true, sendingStoppedAt: null });
  await db.update(products).set({ botEnabled: false });
  first = await decided();
  second = await decided();
  start = first.kaspiPrice();
});

async function decided(): Promise<Handle> {
  const goods = await shelf.contested();
  await goods.check();
  return goods;
}

const last = async (goods: Handle) => (await goods.history()).at(-1);
const states = async (goods: Handle) => (await goods.history()).map((row) => row.state);

describe("one product about which Kaspi answers nonsense", () => {
  test("does not keep the others from being sent", async () => {
    twin.setFault({ name: "garbled_json", at: ["list"], times: 1 });
    await first.publish();
    expect(await last(first)).toMatchObject({ state: "pending", stateReason: "kaspi_malformed" });
    expect(await last(second)).toMatchObject({ state: "sent" });
  });

  test("does not keep the others from being read back", async () => {
    await first.publish();
    twin.advance({ ms: 10_000 });
    twin.setFault({ name: "garbled_json", at: ["list"], times: 1 });
    await confirmStore(access, storeId);
    expect([await states(first), await states(second)]).toEqual([["sent"], ["confirmed"]]);
    twin.advance({ ms: MINUTE });
    await confirmStore(access, storeId);
    expect(await states(first)).toEqual(["confirmed"]);
  });
});

test("a price that is decided asks to be sent, one that is sent to be read back", async () => {
  const asked = async () => (await db.select().from(jobEvents)).map((event) => event.name);
  expect(await asked()).toContain("store/publish.requested");
  await db.delete(jobEvents);
  await first.publish();
  expect(await asked()).toEqual(["store/confirm.requested"]);
});

test("prices leave at the pace of the login", async () => {
  await db.update(workspace).set({ writesPerSecond: 3 });
  const began = Date.now();
  await first.publish();
  expect(Date.now() - began).toBeGreaterThanOrEqual(330);
  expect([first.writes().length, second.writes().length]).toEqual([1, 1]);
});

test("a price that was decided without a market does not pass the gate", async () => {
  const inputs = JSON.stringify({ market: { kind: "unseen", why: "not_read" } });
  await db.update(decisions).set({ inputs }).where(eq(decisions.productId, first.productId));
  await first.publish();
  expect(await last(first)).toMatchObject({ state: "refused", stateReason: "market_unseen" });
  expect(first.writes()).toEqual([]);
});

describe("while a price is on its way", () => {
  test("the next one is decided from it, not from what Kaspi still shows", async () => {
    await first.publish();
    expect(await first.check()).toMatchObject({ decision: { kind: "hold" } });
  });

  test("the next one waits for it, and leaves when it has arrived", async () => {
    await first.publish();
    first.rivals(start - 60);
    await first.check();
    await first.publish();
    expect(await states(first)).toEqual(["sent", "pending"]);
    twin.advance({ ms: 10_000 });
    await confirmStore(access, storeId);
    await first.publish();
    expect(await states(first)).toEqual(["confirmed", "sent"]);
    expect(first.writes()).toHaveLength(2);
  });
});

describe("a write that certainly did not arrive", () => {
  test("for a dead session passes the gate again before it is repeated", async () => {
    twin.setFault({ name: "session_401", at: ["process"], times: 1 });
    await publishStore(access, storeId);
    expect(twin.writes().filter((write) => write.sku === first.sku)).toEqual([]);
    expect(await last(first)).toMatchObject({ state: "pending", sendingAt: null });
    twin.advance({ ms: MINUTE });
    await first.publish();
    expect(await last(first)).toMatchObject({ state: "sent" });
  });

  test("gives way to what has been decided meanwhile", async () => {
    twin.setFault({ name: "slow", at: ["process"], ms: 500 });
    twin.setFault({ name: "writes_throttled" });
    const publishing = first.publish();
    await eventually(async () => (await last(first))?.state === "sending");
    first.rivals(start - 60);
    await first.check();
    await publishing;
    expect(await states(first)).toEqual(["superseded", "pending"]);
    expect(await last(first)).toMatchObject({ stateReason: "writes_blocked" });
  });

  test("by a person's hand goes before what the bot has decided meanwhile", async () => {
    const hand = { price: tenge(start - 5), hold: false, confirm: false };
    await setPriceByHand(db, owner, first.productId, hand, access.clock());
    twin.setFault({ name: "slow", at: ["process"], ms: 500 });
    twin.setFault({ name: "writes_throttled" });
    const publishing = first.publish();
    await eventually(async () => (await last(first))?.state === "sending");
    first.rivals(start - 60);
    await first.check();
    await publishing;
    expect(await states(first)).toEqual(["superseded", "pending", "superseded"]);
  });
});

test("a price by hand is not taken for rejected while Kaspi still shows a price we did not know", async () => {
  const { merchantUid, sku } = first;
  twin.changeOffer({ merchantUid, sku, price: start + 300, cityPrices: null });
  const hand = { price: tenge(start - 5), hold: false, confirm: false };
  await setPriceByHand(db, owner, first.productId, hand, access.clock());
  twin.setFault({ name: "write_lost" });
  await first.publish();
  twin.advance({ ms: 10_000 });
  await confirmStore(access, storeId);
  expect(await last(first)).toMatchObject({ state: "sent", priceBefore: start + 300 });
});

test("a login that is told to stop writing stops what is on its way to the gate, too", async () => {
  const writesBlockedUntil = later(access.clock(), 30 * MINUTE);
  const login = await hold(db, (tx) => tx.update(kaspiLogins).set({ writesBlockedUntil }));
  const publishing = first.publish();
  await waiting(db, 1);
  await login.release();
  await publishing;
  expect([first.writes(), second.writes()]).toEqual([[], []]);
});

test.each([
  [
    "the store",
    () => setStoreSendingStopped(db, owner, { storeId, stopped: true }, access.clock()),
  ],
  ["everything", () => setSendingStopped(db, owner, true, access.clock())],
])("the kill switch of %s stops even what is on its way to the gate", async (_, pull) => {
  const row = await hold(db, (tx) =>
    tx.select().from(products).where(eq(products.id, first.productId)).for("update"),
  );
  const publishing = first.publish();
  await waiting(db, 1);
  await pull();
  await row.release();
  await publishing;
  expect([first.writes(), second.writes()]).toEqual([[], []]);
  expect(await last(first)).toMatchObject({ state: "pending", stateReason: "sending_stopped" });
});

describe("a store that is archived", () => {
  // With the last store of a login goes its session.
  afterEach(() => connectedStore(office));

  test("sends nothing more, not even what was on its way to the gate", async () => {
    const row = await hold(db, (tx) =>
      tx.select().from(products).where(eq(products.id, first.productId)).for("update"),
    );
    const publishing = first.publish();
    await waiting(db, 1);
    await archiveStore(db, owner, storeId, access.clock());
    await row.release();
    await publishing;
    expect([first.writes(), second.writes()]).toEqual([[], []]);
  });

  test("is not asked for its open decisions again and again", async () => {
    const asked = () => storesWithOpenDecisions(db, access.clock());
    await publishStore(access, storeId);
    twin.advance({ ms: MINUTE });
    expect(await asked()).toMatchObject({ confirm: [storeId] });
    await archiveStore(db, owner, storeId, access.clock());
    expect(await asked()).toEqual({ publish: [], confirm: [] });
  });
});

test("a budget of nothing lets nothing out", async () => {
  await db.update(workspace).set({ writesPerWindow: 0 });
  await first.publish();
  expect(await last(first)).toMatchObject({
    state: "pending",
    stateReason: "rate_budget_deferred",
  });
  expect(first.writes()).toEqual([]);
});
