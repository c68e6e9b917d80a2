import { and, eq, isNotNull } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { HOUR, later } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { runs } from "@/lib/db/schema/workspace";
import { listOpenNotices } from "@/lib/notices/queries";
import { failForgottenRuns, runById } from "@/lib/runs/queries";
import { walkStart } from "@/lib/sync/cursor";
import { requestSync } from "@/lib/sync/request-sync";
import { beginSync, walkPages } from "@/lib/sync/sync-store";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
let storeId = "";
let merchantUid = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  merchantUid = store.merchantId;
});

beforeEach(async () => {
  twin.clearFaults();
  await db.delete(runs);
  await db.delete(products);
  await syncNow(office, storeId);
});

const gone = () => db.$count(products, isNotNull(products.goneAt));

test("an answer with a wrong count marks nothing as gone, and says so", async () => {
  twin.setFault({ name: "list_wrong_total", by: 40 });
  expect(await syncNow(office, storeId)).toMatchObject({ complete: false, gone: 0 });
  expect(await listOpenNotices(db, owner)).toMatchObject([{ kind: "sync_incomplete" }]);
  twin.clearFaults();
  expect(await syncNow(office, storeId)).toMatchObject({ complete: true });
  expect(await listOpenNotices(db, owner)).toEqual([]);
});

test("a row of nonsense loses neither its page nor anything else", async () => {
  twin.setFault({ name: "list_bad_row" });
  expect(await syncNow(office, storeId)).toMatchObject({ complete: false, gone: 0 });
  expect(await gone()).toBe(0);
});

test("a page that fails leaves what is known as it is, and the walk goes on from there", async () => {
  const runId = await requestSync(db, storeId, null);
  await beginSync(access, runId);
  twin.setFault({ name: "list_fails", times: 1 });
  const input = { storeId, runId, cursor: walkStart };
  await expect(walkPages(access, input)).rejects.toMatchObject({ kind: "kaspi_unreachable" });
  expect(await gone()).toBe(0);
  expect((await walkPages(access, input)).phase).toBe("done");
});

test("a session that expires in the middle is renewed, and the walk goes on", async () => {
  twin.setFault({ name: "session_401", at: ["list"], times: 1 });
  expect(await syncNow(office, storeId)).toMatchObject({ complete: true, products: 50 });
});

test("a product missing from a complete walk is gone, not deleted, and comes back when seen again", async () => {
  const [one] = await db.select().from(products).limit(1);
  const old = { ...one, id: undefined, sku: "no-longer-sold", floor: tenge(500), botEnabled: true };
  await db.insert(products).values({ ...old, storeId, name: "old", onSale: true });
  expect(await syncNow(office, storeId)).toMatchObject({ gone: 1 });
  const [left] = await db.select().from(products).where(eq(products.sku, "no-longer-sold"));
  expect(left).toMatchObject({ onSale: false, floor: 500, botEnabled: true });
  await db
    .update(products)
    .set({ sku: "freed" })
    .where(eq(products.sku, one?.sku ?? ""));
  await db
    .update(products)
    .set({ sku: one?.sku ?? "" })
    .where(eq(products.sku, "no-longer-sold"));
  await syncNow(office, storeId);
  const [back] = await db
    .select()
    .from(products)
    .where(and(eq(products.sku, one?.sku ?? ""), eq(products.storeId, storeId)));
  expect(back).toMatchObject({ goneAt: null, floor: 500, botEnabled: true });
});

test("what the seller set survives every sync, what Kaspi shows is refreshed", async () => {
  const [one] = await db.select().from(products).where(eq(products.onSale, true)).limit(1);
  const set = {
    botEnabled: true,
    floor: tenge(777),
    ceiling: tenge(999_999),
    anchor: tenge(888),
    manualLock: true,
    rule: { maxDrop: 5 },
  };
  await db
    .update(products)
    .set({ ...set, name: "an old name" })
    .where(eq(products.id, one?.id ?? ""));
  twin.changeOffer({ merchantUid, sku: one?.sku ?? "", price: 123_456, cityPrices: null });
  await syncNow(office, storeId);
  const [after] = await db
    .select()
    .from(products)
    .where(eq(products.id, one?.id ?? ""));
  expect(after).toMatchObject({ ...set, name: one?.name, price: 123_456 });
});

test("a run whose job was lost does not keep the store from being synced for ever", async () => {
  const lost = await requestSync(db, storeId, null);
  await beginSync(access, lost);
  await failForgottenRuns(db, access.clock());
  expect(await requestSync(db, storeId, null)).toBe(lost);
  await failForgottenRuns(db, later(access.clock(), 25 * HOUR));
  expect(await runById(db, lost)).toMatchObject({ status: "failed", errorKey: "unknown" });
  expect(await requestSync(db, storeId, null)).not.toBe(lost);
});

test("two requests for a sync are one run", async () => {
  const [first, second] = await Promise.all([
    db.transaction((tx) => requestSync(tx, storeId, null)),
    db.transaction((tx) => requestSync(tx, storeId, null)),
  ]);
  expect(first).toBe(second);
});
