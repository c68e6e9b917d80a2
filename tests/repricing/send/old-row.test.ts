import { beforeEach, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { publishStore } from "@/lib/repricing/send/publish-store";
import type { Handle } from "../../support/goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const { contested, storeId, merchantUid } = await fullShelf(office);

let goods: Handle;
let start = 0;

/** A product with five pieces whose bot has decided to follow a rival. */
beforeEach(async () => {
  await db.update(products).set({ botEnabled: false });
  goods = await contested();
  start = goods.kaspiPrice();
  stock(5);
  await goods.check();
});

function stock(stockCount: number): void {
  const [point] = goods.truth().points ?? [];
  const points = point ? [{ pointId: point.pointId, available: true, stockCount }] : [];
  twin.changeOffer({ merchantUid, sku: goods.sku, points });
}
const stockLeft = () => goods.truth().points?.map(({ stockCount }) => stockCount);
const listReads = () => twin.requests().list?.total ?? 0;
const last = async () => (await goods.history()).at(-1);

/** The seller holds the product while this time goes by, and a piece is sold. */
async function heldUp(ms: number): Promise<void> {
  const seller = await hold(db, (tx) => tx.select().from(products).for("update"));
  const sending = goods.publish();
  await waiting(db, 1);
  twin.advance({ ms });
  stock(4);
  await seller.release();
  await sending;
}

test("a row that grows old on the way to the gate is read again: what is sold stays sold", async () => {
  await heldUp(MINUTE);
  twin.advance({ ms: 10_000 });
  expect([goods.kaspiPrice(), stockLeft()]).toEqual([start - 21, [4]]);
  expect(goods.writes()).toHaveLength(1);
});

test("a row that is still fresh is not read twice", async () => {
  const before = listReads();
  await heldUp(10_000);
  expect(listReads() - before).toBe(1);
  expect(await last()).toMatchObject({ state: "sent" });
});

test("where every row grows old the price waits a little, and is sent once one does not", async () => {
  const slow = { ...access, clock: hurried };
  const before = listReads();
  expect(await publishStore(slow, storeId)).toEqual({ sent: 0, goesOn: false });
  expect(listReads() - before).toBe(3);
  expect(await last()).toMatchObject({ state: "pending" });
  expect(goods.writes()).toEqual([]);
  twin.advance({ ms: MINUTE });
  await goods.publish();
  expect(await last()).toMatchObject({ state: "sent" });
});

/** A process that is put to sleep all the time. */
function hurried(): Date {
  twin.advance({ ms: 8_000 });
  return access.clock();
}
