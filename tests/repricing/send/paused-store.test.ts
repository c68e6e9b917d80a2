import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { kaspiAccounts, kaspiLogins, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import type { Handle } from "../../support/goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const { access, owner, ...rest } = await testOffice();
const { db } = access;
const { contested, storeId } = await fullShelf({ access, owner, ...rest });
const here = eq(stores.id, storeId);
const [store] = await db.select().from(stores).where(here);
await db.insert(kaspiLogins).values({ login: "another@duken.kz" });
const [another] = await db
  .insert(kaspiAccounts)
  .values({ userId: owner.id, login: "another@duken.kz" })
  .returning({ id: kaspiAccounts.id });

let goods: Handle;

/** One price of the store waits to be sent. */
beforeEach(async () => {
  await db.delete(decisions);
  await db.update(products).set({ botEnabled: false });
  goods = await contested();
  await goods.check();
});

afterEach(async () => {
  await db
    .update(stores)
    .set({ isActive: true, accountId: store?.accountId ?? null })
    .where(here);
});

test.each([
  ["is put on pause", "store_paused", { isActive: false }],
  ["is handed over to another login", "sending_stopped", { accountId: another?.id ?? null }],
])("a price on its way out stays when its store %s", async (_, stateReason, change) => {
  const row = await hold(db, (tx) => tx.select().from(products).for("update"));
  const sending = goods.publish();
  await waiting(db, 1);
  await db.update(stores).set(change).where(here);
  await row.release();
  await sending;
  expect(goods.writes()).toEqual([]);
  const [decision] = await goods.history();
  expect(decision).toMatchObject({ state: "pending", stateReason });
});

test("and leaves when the store goes on", async () => {
  await db.update(stores).set({ isActive: false }).where(here);
  await goods.publish();
  expect(goods.writes()).toEqual([]);
  await db.update(stores).set({ isActive: true }).where(here);
  await goods.publish();
  expect(goods.writes()).toHaveLength(1);
});
