import { beforeAll, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { workspace } from "@/lib/db/schema/workspace";
import { confirmStore } from "@/lib/repricing/send/confirm-store";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const PRODUCTS = 4;
const shelf: Handle[] = [];
let storeId = "";

beforeAll(async () => {
  const store = await connectedStore(office);
  storeId = store.storeId;
  await syncNow(office, storeId);
  const goods = await goodsOnSale(office, storeId, store.merchantId);
  shelf.push(...goods.slice(0, PRODUCTS).map((one) => handle(office, one)));
  for (const one of shelf) await one.watch({ floor: Math.ceil(one.kaspiPrice() * 0.7) });
  await db.update(workspace).set({ writesPerWindow: 1 });
});

test("a budget too short for all is shared: who has waited longest goes first", async () => {
  for (let window = 1; window <= PRODUCTS; window += 1) {
    // Every market moves, and the bots decide anew, always in the same order.
    for (const one of shelf) one.rivals(one.kaspiPrice() - 10 * window);
    for (const one of shelf) await one.check();
    await shelf[0]?.publish();
    twin.advance({ ms: MINUTE });
    await confirmStore(access, storeId);
    expect(twin.writes()).toHaveLength(window);
    twin.advance({ ms: 30 * MINUTE });
  }
  expect(shelf.map((one) => one.writes().length)).toEqual([1, 1, 1, 1]);
});
