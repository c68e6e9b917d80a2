import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { productCities, products } from "@/lib/db/schema/products";
import { repriceDue } from "@/lib/repricing/check/reprice-store";
import type { Handle } from "../../support/goods";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { access, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);

let goods: Handle;
let start = 0;

/** A product that is first and at rest: nothing is due. */
beforeEach(async () => {
  twin.clearFaults();
  await db.update(products).set({ botEnabled: false });
  goods = shelf.take();
  start = goods.kaspiPrice();
  goods.rivals(start + 1);
  await goods.watch({ floor: start - 100 });
  await due();
});

const due = () => repriceDue(access, shelf.storeId, { trigger: "schedule" });
const listReads = () => twin.requests().list?.total ?? 0;
const typeAtKaspi = (price: number) =>
  twin.changeOffer({ merchantUid: goods.merchantUid, sku: goods.sku, price, cityPrices: null });
const last = async () => (await goods.product()).lastDecision;

/** The time of the next look has come. */
async function nextLook(): Promise<void> {
  twin.advance({ ms: 10 * MINUTE });
  await due();
}

test("a price typed in Kaspi's cabinet is noticed at the next look, not at the next sync", async () => {
  typeAtKaspi(start - 200);
  await nextLook();
  expect(await goods.product()).toMatchObject({ price: start - 200 });
  await due();
  await goods.publish();
  twin.advance({ ms: MINUTE });
  expect(goods.kaspiPrice()).toBe(start);
});

test("what the market shows of ours is only the occasion: the price is the list's", async () => {
  typeAtKaspi(start - 50);
  await goods.check();
  const elsewhere = shelf.take();
  const { merchantUid, cityId, productId } = goods;
  const seen = { merchantId: merchantUid, price: start - 777 };
  twin.setRivals({ cardId: elsewhere.cardId, cityId, rivals: [seen] });
  await db.update(products).set({ cardId: elsewhere.cardId }).where(eq(products.id, productId));
  await nextLook();
  expect(await goods.product()).toMatchObject({ price: start - 50, cardId: goods.cardId });
});

test("a market that goes on showing another price than the list is asked about once an hour", async () => {
  const elsewhere = shelf.take();
  const { merchantUid, cityId, productId } = goods;
  const seen = { merchantId: merchantUid, price: start - 7 };
  twin.setRivals({ cardId: elsewhere.cardId, cityId, rivals: [seen] });
  const look = async () => {
    await db.update(products).set({ cardId: elsewhere.cardId }).where(eq(products.id, productId));
    const before = listReads();
    await goods.check();
    return listReads() - before;
  };
  expect([await look(), await look(), await look()]).toEqual([1, 0, 0]);
  twin.advance({ ms: HOUR });
  expect([await look(), await look()]).toEqual([1, 0]);
});

test("a cabinet that does not answer costs the run nothing, and is asked again at the next look", async () => {
  typeAtKaspi(start - 50);
  twin.setFault({ name: "server_error", at: ["list"] });
  await nextLook();
  expect(await last()).toMatchObject({ state: "none" });
  twin.clearFaults();
  await nextLook();
  expect(await goods.product()).toMatchObject({ price: start - 50 });
});

test("a price of ours that Kaspi has not applied yet is nobody else's", async () => {
  goods.rivals(start - 20);
  await nextLook();
  await goods.publish();
  const before = listReads();
  await goods.check();
  expect(listReads() - before).toBe(0);
});

test("of many prices a run reads a few, and the others at their next looks", async () => {
  const many = Array.from({ length: 14 }, () => shelf.take());
  for (const one of many) {
    one.rivals(one.kaspiPrice() + 1);
    await one.watch({ floor: one.kaspiPrice() - 100 });
  }
  await due();
  for (const { merchantUid, sku, kaspiPrice } of many)
    twin.changeOffer({ merchantUid, sku, price: kaspiPrice() - 50, cityPrices: null });
  const before = listReads();
  await db.update(productCities).set({ nextCheckAt: access.clock() });
  await due();
  expect(listReads() - before).toBe(10);
  await nextLook();
  const shown = await Promise.all(many.map((one) => one.product()));
  expect(shown.map(({ price }) => price)).toEqual(many.map((one) => one.kaspiPrice()));
});
