import { beforeAll, expect, test } from "vitest";
import { listProducts } from "@/lib/products/queries";
import { productListSchema } from "@/lib/products/model";
import { connectStores } from "@/lib/stores/connect-stores";
import { listStores } from "@/lib/stores/queries";
import { requestSync } from "@/lib/sync/request-sync";
import { beginSync, finishSync, walkPages, walkStart, type Cursor } from "@/lib/sync/sync-store";
import { testOffice } from "../support/office";

const { access, owner, stranger } = await testOffice();
const { db } = access;
let storeId = "";

beforeAll(async () => {
  const { stores } = await connectStores(access, owner, { email: "small@duken.kz", password: "small-kaspi" });
  storeId = stores[0]?.storeId ?? "";
});

async function sync() {
  const runId = await requestSync(db, storeId, owner.id);
  const startedAt = await beginSync(access, runId);
  let cursor: Cursor = walkStart;
  while (cursor.phase !== "done") cursor = await walkPages(access, { storeId, runId, cursor });
  return finishSync(access, { storeId, runId, startedAt, cursor });
}

test("the first sync brings every offer, with its bot off and no floor", async () => {
  const result = await sync();
  expect(result).toMatchObject({ products: 50, complete: true, gone: 0 });
  const page = await listProducts(db, owner, productListSchema.parse({ store: storeId }));
  expect(page.total).toBe(50);
  expect(page.rows.every((row) => !row.botEnabled && row.floor === null)).toBe(true);
  expect(page.rows.filter((row) => row.onSale).every((row) => (row.price ?? 0) >= 10)).toBe(true);
  const [store] = await listStores(db, owner);
  expect(store).toMatchObject({ productsCount: 50, session: "valid", login: "small@duken.kz" });
});

test("a stranger sees neither the store nor its products", async () => {
  await sync();
  expect(await listStores(db, stranger)).toEqual([]);
  expect((await listProducts(db, stranger, productListSchema.parse({}))).total).toBe(0);
});
