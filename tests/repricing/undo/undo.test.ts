import { and, desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { previewUndo, resumeBots, undoDecision, undoRun } from "@/lib/repricing/undo/undo";
import { undoItemsOf } from "@/lib/repricing/undo/undo-item-queries";
import { setSendingStopped } from "@/lib/workspace/queries";
import { testOffice } from "../../support/office";
import { watchedShop } from "../../support/watched-shop";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const MANY = 6;
const shop = await watchedShop(office, MANY);
const { storeId, shelf, starts, run, publish, settle, prices } = shop;

/** A run that has lowered every price by 3 %, confirmed. */
beforeEach(async () => {
  await shop.beginAgain();
  for (const [nth, one] of shelf.entries()) one.rivals(lowered(nth) + 1);
  await run();
  await settle();
  expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
});

const lowered = (nth: number) => Math.ceil((starts[nth] ?? 0) * 0.97);
async function lastRun(): Promise<string> {
  const [row] = await db.select().from(pricingRuns).orderBy(desc(pricingRuns.startedAt)).limit(1);
  return row?.id ?? "";
}

const undo = async (runId: string) => undoRun(db, owner, runId, access.clock());
const locks = async () => db.$count(products, eq(products.manualLock, true));

describe("undoing a run", () => {
  test("puts every price back, through the gate, and its bots wait", async () => {
    const runId = await lastRun();
    const now = access.clock();
    const { endsAt, ...preview } = await previewUndo(db, owner, { runId }, now);
    expect(preview).toEqual({ back: MANY, withdrawn: 0, locked: MANY, skipped: [] });
    expect(endsAt?.getTime()).toBeGreaterThanOrEqual(now.getTime());
    const undoId = await undo(runId);
    await settle();
    expect(prices()).toEqual(starts);
    await run();
    await settle();
    expect(prices()).toEqual(starts);
    expect(await locks()).toBe(MANY);
    const items = await undoItemsOf(db, owner, undoId);
    expect(items.map(({ outcome, state }) => [outcome, state])).toEqual(
      shelf.map(() => ["back", "confirmed"]),
    );
    const first = items.find(({ productId }) => productId === shelf[0]?.productId);
    expect(first).toMatchObject({ priceBefore: starts[0], price: lowered(0) });
  });

  test("takes no bot's freedom that it does not give back", async () => {
    const undoId = await undo(await lastRun());
    await settle();
    expect(await resumeBots(db, owner, undoId, access.clock())).toBe(MANY);
    expect(await locks()).toBe(0);
    await run();
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
  });

  test("locks bots that are off as well, and frees them with the others", async () => {
    const off = shelf[0]?.productId ?? "";
    await setBot(db, owner, off, false, access.clock());
    const runId = await lastRun();
    expect(await previewUndo(db, owner, { runId }, access.clock())).toMatchObject({
      back: MANY,
      locked: MANY - 1,
    });
    const undoId = await undo(runId);
    await settle();
    await setBot(db, owner, off, true, access.clock());
    await run();
    await settle();
    expect(prices()).toEqual(starts);
    expect(await resumeBots(db, owner, undoId, access.clock())).toBe(MANY);
    expect(await locks()).toBe(0);
  });

  test("leaves alone what was changed since, and says what and why", async () => {
    const runId = await lastRun();
    const [first, second, third, fourth] = shelf;
    if (!first || !second || !third || !fourth) throw new Error("the shop is too small");
    const hand = { price: tenge(lowered(0) - 5), hold: true, confirm: true };
    await setPriceByHand(db, owner, first.productId, hand, access.clock());
    second.rivals(lowered(1) - 10);
    await second.cycle();
    const ceiling = tenge((starts[2] ?? 0) - 1);
    await setLimits(db, owner, third.productId, { ceiling }, access.clock());
    await db.update(products).set({ onSale: false }).where(eq(products.id, fourth.productId));
    const skipped = [
      [first.productId, "changed_since"],
      [second.productId, "changed_since"],
      [third.productId, "above_ceiling"],
      [fourth.productId, "not_on_sale"],
    ];
    const preview = await previewUndo(db, owner, { runId }, access.clock());
    const listed = preview.skipped.map(({ productId, why }) => [productId, why]);
    expect(listed.sort()).toEqual([...skipped].sort());
    const undoId = await undo(runId);
    await settle();
    expect(prices().slice(4)).toEqual(starts.slice(4));
    expect(first.kaspiPrice()).toBe(lowered(0) - 5);
    expect(second.kaspiPrice()).toBe(lowered(1) - 11);
    const items = await undoItemsOf(db, owner, undoId);
    const left = items.filter(({ outcome }) => outcome === "skipped");
    expect(left.map(({ productId, why }) => [productId, why]).sort()).toEqual([...skipped].sort());
    await db.update(products).set({ onSale: true });
  });

  test("lists what somebody has changed in Kaspi's cabinet before the price could leave", async () => {
    const undoId = await undo(await lastRun());
    const [first] = shelf;
    if (!first) throw new Error("the shop is empty");
    const { merchantUid, sku } = first;
    twin.changeOffer({ merchantUid, sku, price: lowered(0) - 77, cityPrices: null });
    await settle();
    expect(prices()).toEqual([lowered(0) - 77, ...starts.slice(1)]);
    const items = await undoItemsOf(db, owner, undoId);
    expect(items.filter(({ outcome }) => outcome === "skipped")).toMatchObject([
      { productId: first.productId, why: "changed_since" },
    ]);
  });

  test("withdraws what has not left yet", async () => {
    for (const [nth, one] of shelf.entries()) one.rivals(lowered(nth) - 20);
    await run();
    const runId = await lastRun();
    expect(await previewUndo(db, owner, { runId }, access.clock())).toMatchObject({
      back: 0,
      withdrawn: MANY,
      locked: MANY,
    });
    await undo(runId);
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
  });

  test("waits for a price that is on its way, and puts it back then", async () => {
    for (const [nth, one] of shelf.entries()) one.rivals(lowered(nth) - 20);
    await run();
    await publish();
    const runId = await lastRun();
    await undo(runId);
    await publish();
    expect(await db.$count(decisions, eq(decisions.state, "sent"))).toBe(MANY);
    await settle();
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
  });

  test("of a price that Kaspi never applied leaves it as it was", async () => {
    twin.setFault({ name: "write_lost" });
    for (const [nth, one] of shelf.entries()) one.rivals(lowered(nth) - 20);
    await run();
    await publish();
    twin.clearFaults();
    const undoId = await undo(await lastRun());
    twin.advance({ ms: 61 * MINUTE });
    await confirmStore(access, storeId);
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
    const items = await undoItemsOf(db, owner, undoId);
    expect(items.map(({ outcome }) => outcome)).toEqual(shelf.map(() => "back"));
  });

  test("of an undo puts the run's prices back, and lets the bots go on", async () => {
    const undoId = await undo(await lastRun());
    await settle();
    const again = await undo(undoId);
    expect(await locks()).toBe(0);
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
    expect(await undoItemsOf(db, owner, again)).toHaveLength(MANY);
  });

  test("happens once: there is nothing left to put back", async () => {
    const runId = await lastRun();
    await undo(runId);
    await expect(undo(runId)).rejects.toMatchObject({ kind: "conflict", key: "undo_nothing" });
    await settle();
    await expect(undo(runId)).rejects.toMatchObject({ kind: "conflict", key: "undo_nothing" });
  });

  test("is not begun while the run goes on", async () => {
    const runId = await lastRun();
    await db.update(pricingRuns).set({ finishedAt: null }).where(eq(pricingRuns.id, runId));
    await expect(undo(runId)).rejects.toMatchObject({ kind: "conflict", key: "undo_running" });
  });

  test("obeys the kill switch, and says that nobody knows when", async () => {
    const runId = await lastRun();
    await setSendingStopped(db, null, true, access.clock());
    const { endsAt } = await previewUndo(db, owner, { runId }, access.clock());
    expect(endsAt).toBeNull();
    await undo(runId);
    await settle();
    expect(prices()).toEqual(starts.map((_, nth) => lowered(nth)));
    await setSendingStopped(db, null, false, access.clock());
    await settle();
    expect(prices()).toEqual(starts);
  });

  test("obeys the budget, and says how long it will take", async () => {
    await db.update(workspace).set({ writesPerWindow: MANY + 2 });
    const { endsAt } = await previewUndo(db, owner, { runId: await lastRun() }, access.clock());
    expect((endsAt?.getTime() ?? 0) - access.clock().getTime()).toBeGreaterThan(29 * MINUTE);
    await undo(await lastRun());
    await publish();
    expect(await db.$count(decisions, eq(decisions.state, "pending"))).toBe(MANY - 2);
    await db.update(workspace).set({ writesPerWindow: 250 });
  });

  test("is nobody's business in another shop", async () => {
    const runId = await lastRun();
    const now = access.clock();
    for (const attempt of [
      () => previewUndo(db, stranger, { runId }, now),
      () => undoRun(db, stranger, runId, now),
      () => resumeBots(db, stranger, runId, now),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
    const undoId = await undo(runId);
    expect(await undoItemsOf(db, stranger, undoId)).toEqual([]);
  });
});

describe("undoing one change", () => {
  test("puts the product back to the price before it, whatever came since", async () => {
    const [first] = shelf;
    if (!first) throw new Error("the shop is empty");
    first.rivals(lowered(0) - 10);
    await first.cycle();
    const [change] = await db
      .select()
      .from(decisions)
      .where(and(eq(decisions.productId, first.productId), eq(decisions.price, tenge(lowered(0)))));
    const target = { decisionId: change?.id ?? "" };
    expect(await previewUndo(db, owner, target, access.clock())).toMatchObject({ back: 1 });
    await undoDecision(db, owner, target.decisionId, access.clock());
    await settle();
    expect(prices()).toEqual([starts[0], ...starts.map((_, nth) => lowered(nth)).slice(1)]);
    expect(await locks()).toBe(1);
    await expect(
      undoDecision(db, stranger, target.decisionId, access.clock()),
    ).rejects.toMatchObject({ kind: "not_found" });
  });

  test("passes no limit", async () => {
    const [first] = shelf;
    const [change] = await db
      .select()
      .from(decisions)
      .where(eq(decisions.productId, first?.productId ?? ""));
    const ceiling = tenge(lowered(0));
    await setLimits(db, owner, first?.productId ?? "", { ceiling }, access.clock());
    await expect(undoDecision(db, owner, change?.id ?? "", access.clock())).rejects.toMatchObject({
      key: "undo_nothing",
    });
  });
});
