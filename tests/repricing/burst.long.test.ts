import { expect, test } from "vitest";
import { listOpenNotices } from "@/lib/notices/queries";
import { goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

test("a 403 after a burst is waited out: nobody is alarmed, and the price follows", async () => {
  const office = await testOffice();
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [first] = await goodsOnSale(office, storeId, merchantId);
  if (!first) throw new Error("no goods for this test");
  const goods = handle(office, first);
  const start = goods.kaspiPrice();
  goods.rivals(start - 20);
  await goods.watch({ floor: Math.ceil(start * 0.9) });
  office.twin.setFault({ name: "storefront_403", times: 1 });
  expect(await goods.cycle()).toMatchObject({ reason: "undercut", state: "confirmed" });
  expect(goods.kaspiPrice()).toBe(start - 21);
  expect(await listOpenNotices(office.access.db, office.owner)).toEqual([]);
});
