import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import { storesDueForReprice } from "@/lib/repricing/check/check-queries";
import { addStore } from "@/lib/stores/add-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { goodsOnSale, handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;

test("a store without a login has nothing due, whatever its bots, until somebody logs in", async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  const [goods] = await goodsOnSale(office, storeId, merchantId);
  await handle(office, goods ?? expect.fail("nothing is on sale")).watch({ floor: 100 });
  const due = () => storesDueForReprice(db, later(clock(), DAY));
  expect(await due()).toEqual([storeId]);
  await archiveStore(db, owner, storeId, clock());
  await addStore(db, owner, { userId: owner.id, merchantId, name: "Снова" }, clock());
  expect(await due()).toEqual([]);
  await connectedStore(office);
  expect(await due()).toEqual([storeId]);
});
