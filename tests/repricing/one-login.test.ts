import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { budgetEntries, decisions } from "@/lib/db/schema/repricing";
import { workspace } from "@/lib/db/schema/workspace";
import { publishStore } from "@/lib/repricing/send/publish-store";
import { archiveStore } from "@/lib/stores/change-queries";
import { goodsOnSale, type Handle, handle } from "../support/goods";
import { hold, waiting } from "../support/locks";
import { testOffice } from "../support/office";
import { connectStores, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, twin } = office;
const { db } = access;
const twoShops = { email: "two@duken.kz", password: "two-kaspi" };
const shelf: Handle[] = [];

/** Two stores of one login, each with a price that waits to be sent. */
beforeAll(async () => {
  const connected = await connectStores(access, owner, twoShops);
  for (const { storeId, merchantId } of connected.stores) {
    await syncNow(office, storeId);
    const [one] = await goodsOnSale(office, storeId, merchantId);
    if (!one) throw new Error("the shop is too small for these tests");
    const goods = handle(office, one);
    goods.rivals(goods.kaspiPrice() - 20);
    await goods.watch({ floor: Math.ceil(goods.kaspiPrice() * 0.9) });
    await goods.check();
    shelf.push(goods);
  }
});

test("the other store on the same card is no rival, however cheap, and even when it is archived", async () => {
  const [mine, other] = await sharedCard();
  const start = mine.kaspiPrice();
  mine.rivals();
  const { merchantUid, sku } = other;
  twin.changeOffer({ merchantUid, sku, price: Math.ceil(start * 0.95), cityPrices: null });
  await mine.watch({ floor: Math.ceil(start * 0.9) });
  expect(await mine.check()).toMatchObject({ decision: { reason: "no_competitors_hold" } });
  await archiveStore(db, owner, other.storeId, access.clock());
  expect(await mine.check()).toMatchObject({ decision: { reason: "no_competitors_hold" } });
  await db.update(stores).set({ archivedAt: null, isActive: true });
});

/** A card both stores sell. */
async function sharedCard(): Promise<[Handle, Handle]> {
  const rows = await db
    .select({
      storeId: products.storeId,
      merchantUid: stores.merchantId,
      productId: products.id,
      sku: products.sku,
      cardId: sql<string>`${products.cardId}`,
      cityId: sql<string>`${stores.mainCityId}`,
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .where(eq(products.onSale, true))
    .orderBy(products.cardId, products.sku);
  for (const [nth, one] of rows.entries()) {
    const next = rows[nth + 1];
    if (next && next.cardId === one.cardId && next.storeId !== one.storeId)
      return [handle(office, one), handle(office, next)];
  }
  throw new Error("the stores share no card");
}

test("the stores of a login share its budget, even at the same moment", async () => {
  await db.update(workspace).set({ writesPerWindow: 1 });
  const table = await hold(db, (tx) => tx.execute(sql`lock table budget_entries in share mode`));
  const both = Promise.all(shelf.map(({ storeId }) => publishStore(access, storeId)));
  await waiting(db, 2);
  await table.release();
  await both;
  expect(await db.$count(budgetEntries)).toBe(1);
  expect(twin.writes()).toHaveLength(1);
  const states = await db
    .select({ state: decisions.state })
    .from(decisions)
    .where(eq(decisions.kind, "change"));
  expect(states.map((row) => row.state).sort()).toEqual(["pending", "sent"]);
});
