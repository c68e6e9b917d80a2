import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import { noCosts } from "@/lib/costs/model";
import { currentCosts, saveCosts } from "@/lib/costs/queries";
import { productCosts, tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { wideChanges } from "@/lib/db/schema/safety";
import { auditLog, runs } from "@/lib/db/schema/workspace";
import { readRows } from "@/lib/excel/read-rows";
import { lockProduct } from "@/lib/products/queries";
import { setTariffs } from "@/lib/repricing/cost-floor/change-tariffs";
import { readCostLines } from "@/lib/repricing/cost-floor/cost-lines";
import { costTemplate } from "@/lib/repricing/cost-floor/cost-template";
import { importCosts, previewCosts } from "@/lib/repricing/cost-floor/import-costs";
import { recomputeBatch } from "@/lib/repricing/cost-floor/recompute-floors";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { nothingUsual } from "../../costs/tariffs";
import { goodsOnSale, type Handle, handle } from "../../support/goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { asViewer } from "../../support/person";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db, clock } = access;
let goods: Handle[] = [];

const from = { category: "", validFrom: "2020-01-01", source: null };
const usual = {
  ...nothingUsual,
  other: tenge(0),
  returns: tenge(0),
  delivery: "none" as const,
  minProfit: tenge(0),
};
const everything = [
  { ...from, kind: "commission" as const, value: { rate: 1000 } },
  { ...from, kind: "kaspi_pay" as const, value: { rate: 0 } },
  { ...from, kind: "tax" as const, value: { rate: 0 } },
  { ...from, kind: "usual" as const, value: usual },
];

beforeAll(async () => {
  const store = await connectedStore(office);
  await syncNow(office, store.storeId);
  goods = (await goodsOnSale(office, store.storeId, store.merchantId)).map((one) =>
    handle(office, one),
  );
});

beforeEach(async () => {
  await db.delete(productCosts);
  await db.delete(tariffs);
  await db.delete(runs);
  await db
    .update(products)
    .set({ cost: null, costFloor: null, costGaps: [], costFloorUntil: null, rule: {} });
  await setTariffs(db, owner, { storeId: null, tariffs: everything }, clock());
});

const nth = (index: number): Handle => {
  const one = goods[index];
  if (!one) throw new Error("the shop is too small");
  return one;
};
const request = (lines: string[], confirm = false) => ({
  file: new TextEncoder().encode(["Артикул;Себестоимость, ₸;Упаковка, ₸", ...lines].join("\n")),
  storeId: null,
  confirm,
});

/** One more store of somebody's, with one product of that article. */
async function another(of: Caller, sku: string) {
  const [first] = await db.select().from(stores).limit(1);
  if (!first) throw new Error("no store");
  const { id: _id, ...rest } = first;
  const name = of === owner ? "A second store" : "A foreign store";
  const [store] = await db
    .insert(stores)
    .values({ ...rest, userId: of.id, name, merchantId: name })
    .returning();
  const storeId = store?.id ?? "";
  const [product] = await db
    .insert(products)
    .values({ storeId, sku, name: "Goods", onSale: true })
    .returning();
  return { storeId, productId: product?.id ?? "" };
}

async function costOf(productId: string) {
  const [row] = await db.select().from(products).where(eq(products.id, productId));
  return row?.cost ?? null;
}

describe("a file of costs", () => {
  test("is shown before it is saved, with a finding for each line that does nothing", async () => {
    const asked = request([
      `${nth(0).sku};9 000;100`,
      `${nth(1).sku};много;100`,
      "no-such-article;100;0",
      `${nth(0).sku};1;1`,
      `${nth(2).sku};;`,
    ]);
    const report = await previewCosts(db, owner, asked, clock());
    expect(report).toMatchObject({
      lines: 5,
      changes: 1,
      same: 1,
      unknown: 1,
      unreadable: 2,
      floors: 1,
      missing: 0,
    });
    expect(report.findings.map(({ line, kind }) => [line, kind])).toEqual([
      [3, "unreadable"],
      [5, "unreadable"],
      [4, "unknown"],
    ]);
    expect(await db.select().from(productCosts)).toEqual([]);
  });

  test("is saved, and the floors follow as a run", async () => {
    const asked = request([`${nth(0).sku};9000;0`, `${nth(1).sku};1800;`]);
    const { report, runId } = await importCosts(db, owner, asked, clock());
    expect(report).toMatchObject({ changes: 2, floors: 1, missing: 1 });
    while (runId && (await recomputeBatch(db, runId, clock())));
    expect((await nth(0).product()).costFloor).toBe(10_000);
    // Packaging is neither in the file nor among the usual expenses.
    expect((await nth(1).product()).costFloor).toBeNull();
    expect((await nth(1).product()).cost).toBe(1800);
    const again = await importCosts(db, owner, asked, clock());
    expect(again).toMatchObject({ report: { changes: 0, same: 2 }, runId: null });
  });

  test("is what is tried out on a few first when it moves the floors of many bots", async () => {
    await db.delete(wideChanges);
    await db.update(products).set({ botEnabled: true, rule: { floorFromCost: true } });
    const asked = request(
      goods.map(({ sku }) => `${sku};9000;0`),
      true,
    );
    const { runId } = await importCosts(db, owner, asked, clock());
    while (runId && (await recomputeBatch(db, runId, clock(), 7)));
    expect(await db.select().from(wideChanges)).toMatchObject([
      { what: "costs", products: goods.length },
    ]);
    await db.update(products).set({ botEnabled: false });
  });

  test("keeps what an empty cell says nothing about", async () => {
    await importCosts(db, owner, request([`${nth(0).sku};9000;50`]), clock());
    await importCosts(db, owner, request([`${nth(0).sku};;70`]), clock());
    const [row] = await db
      .select()
      .from(productCosts)
      .where(eq(productCosts.packaging, tenge(70)));
    expect(row).toMatchObject({ cost: 9000, supersededAt: null, source: "import" });
  });

  test("keeps what somebody has set while it was read", async () => {
    const one = nth(0);
    await importCosts(db, owner, request([`${one.sku};9000;50`]), clock());
    const before = { ...noCosts, cost: tenge(9000), packaging: tenge(50) };
    const by = { userId: owner.id, source: "page" as const };
    const other = await hold(db, (tx) => lockProduct(tx, owner, one.productId, "change_price"));
    const importing = importCosts(db, owner, request([`${one.sku};9500;`]), clock());
    await waiting(db, 1);
    const costs = { ...before, packaging: tenge(70) };
    await other.also((tx) => saveCosts(tx, [{ productId: one.productId, costs }], by, clock()));
    await other.release();
    await importing;
    const now = await currentCosts(db, [one.productId]);
    expect(now.get(one.productId)).toMatchObject({ cost: 9500, packaging: 70 });
  });

  test("leaves alone what would put a floor that counts under half of the price, unless it was seen", async () => {
    const one = nth(0);
    await setProductRule(db, owner, one.productId, { floorFromCost: true }, clock());
    const lines = [`${one.sku};${Math.floor(one.kaspiPrice() / 10)};0`];
    const { report } = await importCosts(db, owner, request(lines), clock());
    expect(report).toMatchObject({ changes: 0, doubtful: 1 });
    expect((await one.product()).cost).toBeNull();
    const seen = await importCosts(db, owner, request(lines, true), clock());
    expect(seen.report).toMatchObject({ changes: 1, doubtful: 1 });
  });

  test("is about the caller's own products only", async () => {
    const report = await previewCosts(db, stranger, request([`${nth(0).sku};9000;0`]), clock());
    expect(report).toMatchObject({ changes: 0, unknown: 1 });
  });

  test("changes an article in each of the caller's stores that have it, and says so", async () => {
    const { sku } = nth(0);
    const [near, far] = [await another(owner, sku), await another(stranger, sku)];
    const asked = request([`${sku};9000;0`]);
    const report = await previewCosts(db, owner, asked, clock());
    expect(report.changes).toBe(2);
    expect(report.stores.map(({ name, changes }) => [name, changes])).toEqual([
      ["A second store", 1],
      [(await nth(0).product()).storeName, 1],
    ]);
    const names = report.stores.map(({ name }) => name);
    expect(report.findings).toEqual([
      { kind: "several", line: 2, article: sku, name: null, storeNames: names },
    ]);
    await importCosts(db, owner, asked, clock());
    expect(await costOf(near.productId)).toBe(9000);
    expect((await nth(0).product()).cost).toBe(9000);
    // An owner may change it, and has not chosen it.
    expect(await costOf(far.productId)).toBeNull();
    const chosen = { ...request([`${sku};8000;0`]), storeId: far.storeId };
    await importCosts(db, owner, chosen, clock());
    expect(await costOf(far.productId)).toBe(8000);
    expect(await costOf(near.productId)).toBe(9000);
    const foreign = { ...chosen, storeId: near.storeId };
    await expect(previewCosts(db, stranger, foreign, clock())).rejects.toThrow("store_not_found");
    await db.delete(stores).where(inArray(stores.id, [near.storeId, far.storeId]));
  });

  test("is refused without a column of articles or one of values", async () => {
    const file = (head: string) => ({ ...request([]), file: new TextEncoder().encode(head) });
    for (const head of ["Себестоимость, ₸\n1", "Артикул;Название\nA;B"])
      await expect(previewCosts(db, owner, file(head), clock())).rejects.toThrow("sheet_columns");
  });

  test("comes with a word of who took it, ten times in ten minutes and to nobody else", async () => {
    const take = (caller: Caller, store: string | null = null, now = clock()) =>
      costTemplate(db, caller, { storeId: store, locale: "ru", now }).then((file) =>
        new Response(file).arrayBuffer(),
      );
    const { storeId } = nth(0);
    const member = { ...stranger, id: randomUUID() };
    await expect(take(member, storeId)).rejects.toMatchObject({ kind: "not_found" });
    const first = clock();
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, () => take(member, null, first)),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    await expect(take(member, null, first)).rejects.toMatchObject({
      kind: "rate_limited",
      key: "too_many_exports",
    });
    await take(member, null, later(first, 11 * MINUTE));
    const taken = await db.select().from(auditLog).where(eq(auditLog.userId, member.id));
    expect(taken).toHaveLength(11);
    expect(taken[0]).toMatchObject({ action: "costs.exported", storeId: null });
    const viewer = { ...asViewer(member), id: randomUUID() };
    await take(viewer, storeId);
    const [seen] = await db.select().from(auditLog).where(eq(auditLog.userId, viewer.id));
    expect(seen).toMatchObject({ action: "costs.exported", storeId });
  });

  test.each(["ru", "kk", "en"] as const)(
    "may be the template that was sent, in %s",
    async (locale) => {
      await importCosts(db, owner, request([`${nth(0).sku};9000;0`]), clock());
      const stream = await costTemplate(db, owner, { storeId: null, locale, now: clock() });
      const rows = await readRows(new Uint8Array(await new Response(stream).arrayBuffer()));
      const lines = (await readCostLines(rows)) ?? [];
      expect(lines.find(({ article }) => article === nth(0).sku)?.costs).toEqual({
        cost: 9000,
        packaging: 0,
      });
      expect(lines.flatMap(({ problems }) => problems)).toEqual([]);
    },
  );
});
