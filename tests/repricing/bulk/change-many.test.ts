import { and, eq, inArray } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { products } from "@/lib/db/schema/products";
import { wideChanges } from "@/lib/db/schema/safety";
import { auditLog } from "@/lib/db/schema/workspace";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { type BulkChange, type Selection, selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { lastBulk, listSkips } from "@/lib/repricing/bulk/bulk-queries";
import { changeBatch, changeMany, undoMany } from "@/lib/repricing/bulk/change-many";
import { previewMany } from "@/lib/repricing/bulk/preview-many";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { findRun } from "@/lib/runs/queries";
import { testOffice } from "../../support/office";
import { asViewer } from "../../support/person";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;

const everything: Selection = selectionSchema.parse({ kind: "filter", choice: {}, except: [] });
const floorAt = (percent: number): BulkChange => ({
  kind: "floor",
  to: { unit: "percent", value: percent },
});
const rows = async () => (await listProducts(db, owner, productListSchema.parse({}), clock())).rows;

const asked = (selection: Selection, wanted: BulkChange) => ({
  selection,
  change: wanted,
  confirm: false,
});

async function finish(runId: string, size?: number): Promise<void> {
  while (await changeBatch(db, runId, clock(), size));
}

async function change(selection: Selection, wanted: BulkChange, confirm = false): Promise<string> {
  const runId = await changeMany(db, owner, { selection, change: wanted, confirm }, clock());
  await finish(runId);
  return runId;
}

describe("a change of many products", () => {
  beforeAll(async () => {
    const { storeId } = await connectedStore(office);
    await syncNow(office, storeId);
  });

  beforeEach(async () => {
    await db
      .update(products)
      .set({ botEnabled: false, floor: null, ceiling: null, anchor: null, rule: {} });
  });

  it("is begun by one person three times at once and no more, however often it is asked for", async () => {
    const begin = () =>
      changeMany(
        db,
        owner,
        { selection: everything, change: floorAt(90), confirm: false },
        clock(),
      );
    const asked = await Promise.allSettled(Array.from({ length: 6 }, begin));
    const begun = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(begun).toHaveLength(3);
    for (const one of asked)
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ kind: "rate_limited", key: "bulk_many" });
    const [first = "", ...others] = begun;
    await finish(first);
    await finish(await undoMany(db, owner, first, clock()));
    others.push(await begin());
    await expect(begin()).rejects.toThrow("bulk_many");
    for (const runId of others) await finish(runId);
  });

  it("is foreseen once at a time for one person, and two wait", async () => {
    const look = () => previewMany(db, owner, asked(everything, floorAt(10)), clock());
    const looks = await Promise.allSettled(Array.from({ length: 5 }, look));
    const refused = looks.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ reason: { kind: "rate_limited", key: "too_many_looks" } });
    expect((await look()).total).toBeGreaterThan(0);
  });

  it("tries the bots it switches on out first, and forgets those it switches off", async () => {
    await db.delete(wideChanges);
    await change(everything, floorAt(90));
    expect(await db.select().from(wideChanges)).toEqual([]);
    const runId = await change(everything, { kind: "bot", enabled: true });
    const bots = await db.$count(products, eq(products.botEnabled, true));
    expect(bots).toBeGreaterThan(10);
    expect(await db.select().from(wideChanges)).toMatchObject([
      { what: "bulk", subject: runId, products: bots },
    ]);
    await db.delete(wideChanges);
    await change(everything, { kind: "bot", enabled: false });
    expect(await db.select().from(wideChanges)).toEqual([]);
  });

  it("counts beforehand exactly what then happens", async () => {
    const [dear] = (await rows()).filter(({ price }) => price !== null);
    await setLimits(db, owner, dear?.id ?? "", { floor: dear?.price ?? null }, clock());
    const wanted: BulkChange = { kind: "bot", enabled: true };
    const preview = await previewMany(db, owner, asked(everything, wanted), clock());
    expect(preview).toMatchObject({ total: 50, changes: 1 });
    expect(preview.skipped).toEqual([{ why: "bot_needs_floor", count: 49 }]);
    const runId = await change(everything, wanted);
    const run = await findRun(db, owner, runId);
    expect(run).toMatchObject({ status: "finished", done: 50, total: 50 });
    expect(run?.counts).toEqual({ changed: 1, skipped: 49 });
    const skips = await listSkips(db, owner, runId);
    expect(skips).toHaveLength(49);
    expect(skips[0]?.why).toBe("bot_needs_floor");
  });

  it("takes a floor as a share of each price, rounded up, and a ceiling rounded down", async () => {
    await change(everything, floorAt(85.5));
    await change(everything, { kind: "ceiling", to: { unit: "percent", value: 120.5 } });
    for (const { price, floor, ceiling } of await rows()) {
      if (price === null) continue;
      expect(floor).toBe(Math.ceil((price * 8550) / 10_000));
      expect(ceiling).toBe(Math.floor((price * 12050) / 10_000));
    }
  });

  it("leaves floors under half of the price alone until they are confirmed", async () => {
    const preview = await previewMany(db, owner, asked(everything, floorAt(10)), clock());
    expect(preview.doubtful).toBeGreaterThan(0);
    expect(preview.doubtful).toBe(preview.changes);
    await change(everything, floorAt(10));
    expect((await rows()).filter(({ floor }) => floor !== null)).toEqual([]);
    await change(everything, floorAt(10), true);
    expect((await rows()).filter(({ floor }) => floor !== null)).toHaveLength(preview.changes);
  });

  it("changes what is on every page of a filter but the ones taken out", async () => {
    const [kept] = await rows();
    const selection = selectionSchema.parse({
      kind: "filter",
      choice: { filter: "no_floor", from: "1" },
      except: [kept?.id],
    });
    await change(selection, { kind: "floor", to: { unit: "tenge", value: tenge(900_000_000) } });
    const after = await rows();
    expect(after.find(({ id }) => id === kept?.id)?.floor).toBeNull();
    expect(after.filter(({ floor }) => floor === 900_000_000)).toHaveLength(49);
  });

  it("goes on after a kill in the middle and does nothing twice", async () => {
    const request = { selection: everything, change: floorAt(90), confirm: false };
    const runId = await changeMany(db, owner, request, clock());
    await changeBatch(db, runId, clock(), 20);
    const killed = db.transaction(async (tx) => {
      await changeBatch(tx as typeof db, runId, clock(), 20);
      throw new Error("killed");
    });
    await expect(killed).rejects.toThrow("killed");
    expect(await findRun(db, owner, runId)).toMatchObject({ status: "running", done: 20 });
    await finish(runId, 20);
    expect(await findRun(db, owner, runId)).toMatchObject({ status: "finished", done: 50 });
    const ids = (await rows()).map(({ id }) => id);
    const entries = await db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "product.limits_changed"), inArray(auditLog.subjectId, ids)));
    const ofThis = entries.filter(({ details }) => details.bulk === runId);
    expect(ofThis).toHaveLength(50);
    expect(new Set(ofThis.map(({ subjectId }) => subjectId)).size).toBe(50);
  });

  it("is put back as a whole, but for what was changed since", async () => {
    await change(everything, floorAt(90));
    const before = await rows();
    const runId = await change(everything, floorAt(95));
    const [touched] = before;
    if (!touched?.price) throw new Error("no price");
    await setLimits(db, owner, touched.id, { floor: touched.price }, clock());
    const undoId = await undoMany(db, owner, runId, clock());
    await finish(undoId);
    const after = new Map((await rows()).map((row) => [row.id, row.floor]));
    for (const row of before.slice(1)) expect(after.get(row.id)).toBe(row.floor);
    expect(after.get(touched.id)).toBe(touched.price);
    expect(await listSkips(db, owner, undoId)).toMatchObject([
      { productId: touched.id, why: "changed_since" },
    ]);
    await expect(undoMany(db, owner, runId, clock())).rejects.toThrow("bulk_undone");
    expect(await lastBulk(db, owner, new Date(0))).toMatchObject({ undoes: runId });
  });

  it("switches bots on and back off with the ceiling they had", async () => {
    await change(everything, floorAt(90));
    const runId = await change(everything, { kind: "bot", enabled: true });
    expect(
      (await rows()).every(({ botEnabled, anchor, price }) => botEnabled && anchor === price),
    ).toBe(true);
    await finish(await undoMany(db, owner, runId, clock()));
    expect((await rows()).every(({ botEnabled, anchor }) => !botEnabled && anchor === null)).toBe(
      true,
    );
  });

  it("sets and clears a step without touching the rest of the rule", async () => {
    const ids = (await rows()).map(({ id }) => id);
    await db.update(products).set({ rule: { whenFirst: "hold" } });
    await change({ kind: "ids", ids }, { kind: "step", step: { unit: "tenge", value: tenge(5) } });
    const ruleOf = async () => (await db.select({ rule: products.rule }).from(products))[0]?.rule;
    expect(await ruleOf()).toEqual({ whenFirst: "hold", step: { unit: "tenge", value: 5 } });
    await change({ kind: "ids", ids }, { kind: "step", step: null });
    expect(await ruleOf()).toEqual({ whenFirst: "hold" });
  });

  it("is refused while it runs, and for an empty selection", async () => {
    const request = { selection: everything, change: floorAt(80), confirm: false };
    const runId = await changeMany(db, owner, request, clock());
    await expect(undoMany(db, owner, runId, clock())).rejects.toThrow("bulk_running");
    await finish(runId);
    const nothing = selectionSchema.parse({ kind: "filter", choice: { q: "no such" }, except: [] });
    await expect(
      changeMany(db, owner, { ...request, selection: nothing }, clock()),
    ).rejects.toThrow("bulk_empty");
  });

  it("is not done when more products fit the filter than the person has seen", async () => {
    const request = { selection: everything, change: floorAt(90), confirm: false };
    await expect(changeMany(db, owner, { ...request, seen: 49 }, clock())).rejects.toThrow(
      "bulk_grown",
    );
    await finish(await changeMany(db, owner, { ...request, seen: 50 }, clock()));
    expect((await rows()).every(({ floor }) => floor !== null)).toBe(true);
  });

  it("touches nothing of a store the person may not change", async () => {
    const ids = (await rows()).map(({ id }) => id);
    const selection: Selection = { kind: "ids", ids };
    await expect(
      changeMany(db, stranger, { selection, change: floorAt(90), confirm: false }, clock()),
    ).rejects.toThrow("bulk_empty");
    const viewer = asViewer(stranger);
    const preview = await previewMany(db, viewer, asked(selection, floorAt(90)), clock());
    expect(preview).toMatchObject({ changes: 0, skipped: [{ why: "read_only", count: 50 }] });
    const runId = await change(selection, floorAt(90));
    expect(await findRun(db, stranger, runId)).toBeNull();
    await expect(undoMany(db, stranger, runId, clock())).rejects.toThrow("bulk_not_found");
    expect(await listSkips(db, stranger, runId)).toEqual([]);
  });

  it("wakes the bots of the changed products at once", async () => {
    await change(everything, floorAt(90));
    const [first] = await rows();
    await setBot(db, owner, first?.id ?? "", true, clock());
    office.twin.advance({ ms: 60_000 });
    const began = clock();
    await change(everything, floorAt(91));
    for (const { nextCheckAt } of await rows())
      expect(nextCheckAt?.getTime()).toBeGreaterThanOrEqual(began.getTime());
  });
});
