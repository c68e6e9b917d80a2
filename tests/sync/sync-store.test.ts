import { beforeAll, expect, test } from "vitest";
import { listProducts } from "@/lib/products/list-queries";
import { productListSchema } from "@/lib/products/model";
import { listStores } from "@/lib/stores/queries";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
let storeId = "";

beforeAll(async () => {
  ({ storeId } = await connectedStore(office));
});

test("the first sync brings every offer, with its bot off and no floor", async () => {
  expect(await syncNow(office, storeId)).toMatchObject({ products: 50, complete: true, gone: 0 });
  const page = await listProducts(
    db,
    owner,
    productListSchema.parse({ store: storeId }),
    access.clock(),
  );
  expect(page.total).toBe(50);
  expect(page.rows.every((row) => !row.botEnabled && row.floor === null)).toBe(true);
  expect(page.rows.filter((row) => row.onSale).every((row) => (row.price ?? 0) >= 10)).toBe(true);
  const [store] = await listStores(db, owner);
  expect(store).toMatchObject({ productsCount: 50, session: "valid", login: "small@duken.kz" });
});

test("a stranger sees neither the store nor its products", async () => {
  await syncNow(office, storeId);
  expect(await listStores(db, stranger)).toEqual([]);
  expect(
    (await listProducts(db, stranger, productListSchema.parse({}), access.clock())).total,
  ).toBe(0);
});
