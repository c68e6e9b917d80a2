import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { products } from "@/lib/db/schema/products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";
import { syncNow } from "../../support/stores";

const office = await testOffice();
const { twin } = office;
const { db } = office.access;
const { contested, take, storeId } = await fullShelf(office);

/** Decided by the market of a card, with a cheap rival, that the article does not stand on at Kaspi. */
async function decidedElsewhere() {
  const goods = await contested();
  const start = goods.kaspiPrice();
  const elsewhere = take();
  elsewhere.rivals(start - 50);
  // Were we to be seen there at another price, the list would be asked, and know better.
  twin.removeOffer({ merchantUid: elsewhere.merchantUid, sku: elsewhere.sku });
  const { productId, cardId } = goods;
  await db.update(products).set({ cardId: elsewhere.cardId }).where(eq(products.id, productId));
  await goods.check();
  const last = async () => (await goods.history()).at(-1);
  expect(await last()).toMatchObject({ state: "pending", price: start - 51 });
  return { goods, start, cardId, last };
}

test("a price decided by another card's market is not sent, but decided by the right one", async () => {
  const { goods, start, cardId, last } = await decidedElsewhere();
  await goods.publish();
  expect(await last()).toMatchObject({ state: "superseded", stateReason: "card_moved" });
  expect(goods.writes()).toEqual([]);
  expect(await goods.product()).toMatchObject({ cardId });
  await goods.cycle();
  expect(goods.kaspiPrice()).toBe(start - 21);
});

test("a sync that has met the new card first does not let it through", async () => {
  const { goods, cardId, last } = await decidedElsewhere();
  await syncNow(office, storeId);
  expect(await goods.product()).toMatchObject({ cardId });
  await goods.publish();
  expect(await last()).toMatchObject({ state: "superseded", stateReason: "card_moved" });
  expect(goods.writes()).toEqual([]);
});

test("the market of the former card is not the one that was seen last", async () => {
  const { goods } = await decidedElsewhere();
  expect((await subjectOf(db, goods.productId, new Date()))?.lastObservation).not.toBeNull();
  await goods.publish();
  expect((await subjectOf(db, goods.productId, new Date()))?.lastObservation).toBeNull();
});
