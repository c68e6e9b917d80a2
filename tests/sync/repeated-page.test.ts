import { isNotNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import { products } from "@/lib/db/schema/products";
import { listOpenNotices } from "@/lib/notices/queries";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

test("a page that comes twice hides no products: none is gone, it is said, and the next walk is whole", async () => {
  const office = await testOffice();
  const { access, owner, twin } = office;
  const { storeId } = await connectedStore(office, trainingCredentials);
  await syncNow(office, storeId);
  const known = await access.db.$count(products);
  twin.setFault({ name: "list_repeats_page", page: 3 });
  expect(await syncNow(office, storeId)).toMatchObject({ complete: false, gone: 0 });
  expect(await access.db.$count(products, isNotNull(products.goneAt))).toBe(0);
  expect(await listOpenNotices(access.db, owner)).toMatchObject([{ kind: "sync_incomplete" }]);
  twin.clearFaults();
  expect(await syncNow(office, storeId)).toMatchObject({ complete: true, products: known });
  expect(await listOpenNotices(access.db, owner)).toEqual([]);
});
