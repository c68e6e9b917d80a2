import { eq } from "drizzle-orm";
import Excel from "exceljs";
import { beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { preorders } from "@/lib/db/schema/preorders";
import { products } from "@/lib/db/schema/products";
import { auditLog, workspace } from "@/lib/db/schema/workspace";
import { preorderFilterSchema } from "@/lib/preorders/address";
import { exportPreorders } from "@/lib/preorders/export-preorders";
import { exportedStores } from "@/lib/preorders/export-queries";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { testOffice } from "../support/office";
import { preorderOf } from "../support/preorders";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const { storeId, merchantUid } = shelf;

beforeEach(async () => {
  await db.delete(preorders);
  twin.advance({ ms: 11 * MINUTE });
});

const take = (asked: Record<string, string> = {}) => {
  const filter = { ...preorderFilterSchema.parse(asked), store: storeId };
  return exportPreorders(db, owner, filter, clock());
};

async function linesIn(file: ReadableStream<Uint8Array>): Promise<unknown[][]> {
  const book = new Excel.Workbook();
  await book.xlsx.load(await new Response(file).arrayBuffer());
  const lines: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => lines.push((row.values as unknown[]).slice(1)));
  return lines.slice(1);
}

test("holds article, name, brand, whole price, pieces by point and days; nothing where days are none", async () => {
  const [one, other] = [shelf.take(), shelf.take()];
  await preorderOf(office, one).draft({ leadDays: 9 });
  await preorderOf(office, other).draft({ leadDays: 0 });
  await db.update(preorders).set({ brand: "Бренд" }).where(eq(preorders.productId, one.productId));
  const lines = await linesIn(await take());
  const of = (sku: string) => lines.find(([article]) => article === sku);
  const { name, price } = await one.product();
  expect(of(one.sku)).toEqual([one.sku, name, "Бренд", price, 5, 0, 0, 0, 0, 9]);
  expect(of(other.sku)?.slice(4)).toEqual([5, 0, 0, 0, 0]);
});

test("holds what the list is narrowed to", async () => {
  const [one, other] = [shelf.take(), shelf.take()];
  await preorderOf(office, one).draft({ leadDays: 2 });
  await preorderOf(office, other).draft({ leadDays: 20 });
  const lines = await linesIn(await take({ days: "later" }));
  expect(lines.map(([article]) => article)).toEqual([other.sku]);
});

test("is refused, and named, where the store's points are not the table's: nothing is dropped in silence", async () => {
  await preorderOf(office, shelf.take()).draft();
  const strange = [{ pointId: `${merchantUid}_041600`, quantity: 2 }];
  await db.update(preorders).set({ points: strange });
  await expect(take()).rejects.toMatchObject({
    key: "preorder_points_outside",
    params: { points: `${merchantUid}_041600` },
  });
});

test("of nothing there is no file, and who takes one is written down", async () => {
  await expect(take()).rejects.toMatchObject({ kind: "not_found", key: "preorders_none" });
  await preorderOf(office, shelf.take()).draft();
  const before = await db.$count(auditLog, eq(auditLog.action, "preorders.exported"));
  await (await take()).cancel();
  expect(await db.$count(auditLog, eq(auditLog.action, "preorders.exported"))).toBe(before + 1);
});

test("goods on sale keep the price Kaspi shows, whatever the preorder says", async () => {
  const goods = shelf.take();
  await preorderOf(office, goods).draft({ price: 999_999 });
  const [line] = await linesIn(await take());
  expect(line?.[3]).toBe((await goods.product()).price);
});

test("a price that may not put its goods on sale keeps the file from being made", async () => {
  const goods = shelf.take();
  const set = { floor: tenge(5_000), ceiling: null, confirm: true };
  await setLimits(db, owner, goods.productId, set, clock());
  await preorderOf(office, goods).draft({ price: 4_000 });
  await db.update(products).set({ onSale: false }).where(eq(products.id, goods.productId));
  await expect(take()).rejects.toMatchObject({
    ...{ key: "preorder_prices_refused", params: { articles: goods.sku } },
  });
  await db.update(preorders).set({ price: tenge(6_000) });
  const [line] = await linesIn(await take());
  expect(line?.[3]).toBe(6_000);
});

test("is not made while sending is stopped, in the store or in the whole office", async () => {
  await preorderOf(office, shelf.take()).draft();
  await db.update(stores).set({ sendingStoppedAt: clock() });
  await expect(take()).rejects.toMatchObject({ key: "preorders_stopped" });
  await db.update(stores).set({ sendingStoppedAt: null });
  await db.update(workspace).set({ sendingStoppedAt: clock() });
  await expect(take()).rejects.toMatchObject({ key: "preorders_stopped" });
  await db.update(workspace).set({ sendingStoppedAt: null });
});

test("one that is ending or over is in no file", async () => {
  await preorderOf(office, shelf.take()).draft();
  await db.update(preorders).set({ ending: "cancelled" });
  await expect(take()).rejects.toMatchObject({ key: "preorders_none" });
  expect(await exportedStores(db, owner)).toEqual([]);
  await db.update(preorders).set({ ending: null, status: "completed" });
  await expect(take({ status: "completed" })).rejects.toMatchObject({ key: "preorders_none" });
});

test("only stores that have one are offered, and none of somebody else's", async () => {
  await preorderOf(office, shelf.take()).draft();
  await db.insert(stores).values({ userId: owner.id, merchantId: "1", name: "Without any" });
  expect((await exportedStores(db, owner)).map(({ id }) => id)).toEqual([shelf.storeId]);
  expect(await exportedStores(db, stranger)).toEqual([]);
  await db.delete(stores).where(eq(stores.merchantId, "1"));
});

test("ten of a person in ten minutes are enough", async () => {
  await preorderOf(office, shelf.take()).draft();
  for (let nth = 0; nth < 10; nth += 1) await (await take()).cancel();
  await expect(take()).rejects.toMatchObject({ kind: "rate_limited" });
});
