import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { lockForExit } from "@/lib/repricing/send/exit-lock-queries";
import { recordShown } from "@/lib/repricing/send/shown-queries";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import { setStorePaused } from "@/lib/stores/rest-queries";
import { ALMATY, ASTANA, cityShelf } from "../../support/city-goods";
import { hold, waiting } from "../../support/locks";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { access, owner } = office;
const { db, clock } = access;
const shelf = await cityShelf(office, 2);

/** What waits for the product in both cities; Postgres goes through them by their ids. */
async function waitingInBoth() {
  const goods = shelf.pop();
  if (!goods) throw new Error("the shop is empty");
  await goods.watch(100);
  for (const city of [ALMATY, ASTANA]) {
    goods.rivals(city, goods.kaspiPrice(city) - 20);
    await goods.check(city);
  }
  const ofProduct = and(eq(decisions.productId, goods.productId), eq(decisions.state, "pending"));
  const [before, leaving] = await db
    .select()
    .from(decisions)
    .where(ofProduct)
    .orderBy(decisions.id);
  if (!before || !leaving) throw new Error("two prices should wait");
  return { goods, before, leaving };
}

test("a store is paused while the gate finds that a product has lost a city: both get through", async () => {
  const { goods, before, leaving } = await waitingInBoth();
  const { productId, storeId, cardId } = goods;
  const store = await storeAtWork(db, storeId);
  const price = tenge(goods.kaspiPrice(leaving.cityId));
  const cityPrices = { [leaving.cityId]: price };
  const atGate = { accountId: store?.accountId ?? "", id: leaving.id, productId, cityPrices };
  const gate = await hold(db, (tx) => lockForExit(tx, atGate));
  const paused = setStorePaused(db, owner, { storeId, paused: true }, clock());
  await waiting(db, 1);
  await gate.also((tx) =>
    recordShown(
      tx,
      leaving,
      { price, cityPrices, onSale: true, cardId, model: null, points: null },
      clock(),
    ),
  );
  await gate.release();
  await paused;
  const states = await db
    .select({ id: decisions.id, state: decisions.state, why: decisions.stateReason })
    .from(decisions)
    .where(eq(decisions.productId, productId));
  // The other test works in the same store.
  await setStorePaused(db, owner, { storeId, paused: false }, clock());
  expect(states).toContainEqual({ id: before.id, state: "superseded", why: "other_city" });
  expect(states).toContainEqual({ id: leaving.id, state: "pending", why: "store_paused" });
});

test("a product that somebody else works on waits, and keeps nobody of its login", async () => {
  const { goods, leaving } = await waitingInBoth();
  const { productId } = goods;
  const mine = eq(decisions.id, leaving.id);
  const table = await hold(db, (tx) =>
    tx.select().from(products).where(eq(products.id, productId)).for("no key update"),
  );
  await goods.publish();
  await table.release();
  const [put] = await db.select().from(decisions).where(mine);
  expect(put).toMatchObject({ state: "pending", stateReason: null, sendingAt: null });
  expect(put?.notBefore?.getTime()).toBeGreaterThan(clock().getTime());
  office.twin.advance({ ms: MINUTE });
  await goods.publish();
  const open = await db
    .select({ state: decisions.state })
    .from(decisions)
    .where(and(eq(decisions.productId, productId), eq(decisions.state, "sent")));
  expect(open).toHaveLength(1);
});
