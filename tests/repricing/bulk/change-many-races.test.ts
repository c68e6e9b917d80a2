import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tenge } from "@/lib/core/money";
import { productCities, products } from "@/lib/db/schema/products";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { type BulkChange, type Selection, selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { listSkips } from "@/lib/repricing/bulk/bulk-queries";
import { changeBatch, changeMany, undoMany } from "@/lib/repricing/bulk/change-many";
import { previewMany } from "@/lib/repricing/bulk/preview-many";
import { setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { failRun, findRun } from "@/lib/runs/queries";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;

const everything: Selection = selectionSchema.parse({ kind: "filter", choice: {}, except: [] });
const floor = (value: number): BulkChange => ({
  kind: "floor",
  to: { unit: "tenge", value: tenge(value) },
});
const rows = async () => (await listProducts(db, owner, productListSchema.parse({}), clock())).rows;
const last = async () => {
  const row = (await rows()).toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  return row ?? expect.fail("no products");
};
const floorOf = async (id: string) => (await rows()).find((row) => row.id === id)?.floor;

function begin(change: BulkChange, selection = everything): Promise<string> {
  twin.advance({ ms: 1_000 });
  return changeMany(db, owner, { selection, change, confirm: true }, clock());
}

async function finish(runId: string, size?: number): Promise<void> {
  while (await changeBatch(db, runId, clock(), size));
}

beforeAll(async () => {
  const { storeId } = await connectedStore(office);
  await syncNow(office, storeId);
});

beforeEach(async () => {
  await db
    .update(products)
    .set({ botEnabled: false, floor: null, ceiling: null, anchor: null, rule: {} });
});

describe("a bulk change under way", () => {
  it("leaves alone what a person has set since it was asked for", async () => {
    const { id } = await last();
    const runId = await begin(floor(100_000));
    await changeBatch(db, runId, clock(), 10);
    twin.advance({ ms: 1_000 });
    await setLimits(db, owner, id, { floor: tenge(200_000), confirm: true }, clock());
    await finish(runId, 10);
    expect(await floorOf(id)).toBe(200_000);
    expect(await listSkips(db, owner, runId)).toMatchObject([
      { productId: id, why: "changed_since" },
    ]);
  });

  it("still sets what a person's later change of something else did not touch", async () => {
    const { id } = await last();
    const runId = await begin(floor(100_000));
    twin.advance({ ms: 1_000 });
    await setLimits(db, owner, id, { ceiling: tenge(900_000_000) }, clock());
    await setProductRule(db, owner, id, { whenFirst: "hold" }, clock());
    await finish(runId, 10);
    expect(await floorOf(id)).toBe(100_000);
  });

  it("does not switch on again a bot that a person has switched off since", async () => {
    const { id } = await last();
    await finish(await begin(floor(100_000)));
    const runId = await begin({ kind: "bot", enabled: true });
    await setBot(db, owner, id, true, clock());
    twin.advance({ ms: 1_000 });
    await setBot(db, owner, id, false, clock());
    await finish(runId, 10);
    expect((await last()).botEnabled).toBe(false);
  });

  it("gives way to a newer one that was faster, and the newer one to nothing older", async () => {
    const { id } = await last();
    const older = await begin(floor(100_000));
    await changeBatch(db, older, clock(), 10);
    const newer = await begin(floor(300_000), { kind: "ids", ids: [id] });
    await finish(newer);
    await finish(older, 10);
    expect(await floorOf(id)).toBe(300_000);

    const slip = await begin(floor(111_111));
    await changeBatch(db, slip, clock(), 10);
    const corrected = await begin(floor(222_222));
    await finish(slip, 10);
    await finish(corrected, 10);
    expect((await rows()).every((row) => row.floor === 222_222)).toBe(true);
  });

  it("and another of something else both reach every product", async () => {
    const first = await begin({ kind: "step", step: { unit: "tenge", value: tenge(5) } });
    const second = await begin({ kind: "strategy", strategy: "match" });
    await finish(second, 10);
    await finish(first, 10);
    const kept = await db.select({ rule: products.rule }).from(products);
    for (const { rule } of kept)
      expect(rule).toEqual({ step: { unit: "tenge", value: 5 }, strategy: { kind: "match" } });
  });

  it("loses neither change when a person edits the very row it waits for", async () => {
    const { id } = await last();
    const runId = await begin(floor(100_000));
    const held = await hold(db, (tx) =>
      tx
        .update(products)
        .set({ ceiling: tenge(900_000_000) })
        .where(eq(products.id, id)),
    );
    const batch = changeBatch(db, runId, clock());
    await waiting(db, 1);
    await held.release();
    await batch;
    expect(await last()).toMatchObject({ floor: 100_000, ceiling: 900_000_000 });
  });
});

describe("a bulk change that has failed", () => {
  it("is not gone on with: what it did is put back, and the rest stays as it was", async () => {
    const runId = await begin(floor(100_000));
    await changeBatch(db, runId, clock(), 10);
    await failRun(db, runId, "unknown", clock());
    const undo = await undoMany(db, owner, runId, clock());
    await finish(undo);
    expect(await changeBatch(db, runId, clock(), 10)).toBe(false);
    expect((await rows()).filter((row) => row.floor !== null)).toEqual([]);
    expect(await findRun(db, owner, runId)).toMatchObject({ status: "failed" });
  });

  it("is not begun again by a late event when it is finished", async () => {
    const runId = await begin(floor(100_000));
    await finish(runId);
    const ended = await findRun(db, owner, runId);
    twin.advance({ ms: 60_000 });
    await finish(runId);
    expect(await findRun(db, owner, runId)).toEqual(ended);
  });
});

describe("a product that is odd", () => {
  it("does not keep the others from being changed: a rule nobody can read", async () => {
    const { id } = await last();
    await finish(await begin(floor(100_000)));
    await finish(await begin({ kind: "bot", enabled: true }));
    const odd = { strategy: { kind: "of_tomorrow" } };
    await db.update(products).set({ rule: odd }).where(eq(products.id, id));
    const off: BulkChange = { kind: "bot", enabled: false };
    expect(
      await previewMany(db, owner, { selection: everything, change: off, confirm: false }, clock()),
    ).toMatchObject({ changes: 50 });
    await finish(await begin(off));
    expect((await rows()).some(({ botEnabled }) => botEnabled)).toBe(false);
    const [kept] = await db.select().from(products).where(eq(products.id, id));
    expect(kept?.rule).toEqual(odd);
  });

  it("does not keep the others from being changed: a price that no share of can be stored", async () => {
    const { id, price } = await last();
    await db
      .update(productCities)
      .set({ price: tenge(900_000_000) })
      .where(eq(productCities.productId, id));
    await finish(await begin({ kind: "ceiling", to: { unit: "percent", value: 1000 } }));
    expect((await last()).ceiling).toBe(999_999_999);
    await db.update(productCities).set({ price }).where(eq(productCities.productId, id));
  });
});

describe("putting bots back on", () => {
  it("takes the price of now for the highest, as switching one on does", async () => {
    const { id, price } = await last();
    const dearer = tenge((price ?? 0) * 2);
    await finish(await begin(floor(100)));
    await finish(await begin({ kind: "bot", enabled: true }));
    const off = await begin({ kind: "bot", enabled: false });
    await finish(off);
    await db.update(productCities).set({ price: dearer }).where(eq(productCities.productId, id));
    await finish(await undoMany(db, owner, off, clock()));
    expect(await last()).toMatchObject({ botEnabled: true, anchor: dearer });
  });
});

describe("a selection", () => {
  it.each([
    ["a filter that is not known", { filter: "of_tomorrow" }],
    ["a store that is none", { store: "all" }],
    ["a price that is none", { from: "-5" }],
    ["a word that is not known", { sort_of: "x" }],
  ])("with %s is refused, not widened to every product", (_, choice) => {
    const selection = { kind: "filter", choice, except: [] };
    expect(selectionSchema.safeParse(selection).success).toBe(false);
  });

  it("takes everything a page's address can mean", () => {
    const choice = productListSchema.parse({ q: " чайник ", filter: "attention", from: "100" });
    const { sort: _s, page: _p, ...asPageHasIt } = choice;
    const parsed = selectionSchema.parse({ kind: "filter", choice: asPageHasIt, except: [] });
    expect(parsed).toMatchObject({ choice: { q: "чайник", filter: "attention", from: 100 } });
  });
});
