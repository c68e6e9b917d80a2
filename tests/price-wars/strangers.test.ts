import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { trainingCredentials } from "@/lib/accounts/model";
import { HOUR, MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { warOn } from "@/lib/price-wars/queries";
import { watchStore } from "@/lib/price-wars/watch-store";
import { type Goods, type Handle, handle } from "../support/goods";
import { officeOver, type TestOffice, testOffice } from "../support/office";
import { connectedStore, smallShop, syncNow } from "../support/stores";

const ALMATY = "750000000";
/** They stand so far above the higher floor when they meet. */
const ROOM = 30;
const PRICE = 10_000;
const QUIET = 3;

async function shelfOf(office: TestOffice, login: typeof smallShop) {
  const { storeId, merchantId: merchantUid } = await connectedStore(office, login);
  await syncNow(office, storeId);
  const rows = await office.access.db.select().from(products).where(eq(products.storeId, storeId));
  return rows.flatMap(({ id: productId, sku, cardId, onSale }): Goods[] =>
    onSale && cardId ? [{ storeId, merchantUid, productId, sku, cardId, cityId: ALMATY }] : [],
  );
}

const first = await testOffice();
const second = await officeOver(first.twin);

/** Each looks, sends and reads back once. */
async function inTurns(us: Handle, them: Handle): Promise<void> {
  await us.cycle();
  await them.cycle();
  first.twin.advance({ ms: 5 * MINUTE });
  expect(us.kaspiPrice()).toBeGreaterThanOrEqual(PRICE - ROOM);
  expect(them.kaspiPrice()).toBeGreaterThanOrEqual(PRICE - 2 * ROOM);
}

/** Cycles until neither has changed for three of them, those not counted. */
async function cyclesToRest(us: Handle, them: Handle): Promise<number> {
  for (let cycle = 0, quiet = 0; cycle < 200; cycle++) {
    const before = [us.kaspiPrice(), them.kaspiPrice()];
    await inTurns(us, them);
    const isSame = us.kaspiPrice() === before[0] && them.kaspiPrice() === before[1];
    quiet = isSame ? quiet + 1 : 0;
    if (quiet === QUIET) return cycle + 1 - QUIET;
  }
  throw new Error("they never come to rest");
}

test("two installations that know nothing of each other settle at the higher floor, and both see a war until then", async () => {
  const { twin } = first;
  const [ours, theirs] = [
    await shelfOf(first, trainingCredentials),
    await shelfOf(second, smallShop),
  ];
  const mine = ours.find(({ cardId }) => theirs.some((other) => other.cardId === cardId));
  const its = theirs.find(({ cardId }) => cardId === mine?.cardId);
  if (!mine || !its) throw new Error("no shared card");
  twin.setRivals({ cardId: mine.cardId, cityId: ALMATY, rivals: [] });
  for (const { merchantUid, sku } of [mine, its])
    twin.changeOffer({ merchantUid, sku, price: PRICE, cityPrices: null });
  await syncNow(first, mine.storeId);
  await syncNow(second, its.storeId);
  const [us, them] = [handle(first, mine), handle(second, its)];
  await us.watch({ floor: PRICE - ROOM });
  await them.watch({ floor: PRICE - 2 * ROOM });
  const warOf = ({ access, owner }: TestOffice, { productId, cityId }: Handle) =>
    warOn(access.db, owner, { id: productId, cityId }, access.clock());

  for (let cycle = 0; cycle < 6; cycle++) await inTurns(us, them);
  await watchStore(first.access, us.storeId);
  await watchStore(second.access, them.storeId);
  expect(await warOf(first, us)).toMatchObject({ rivalId: them.merchantUid, endedAt: null });
  expect(await warOf(second, them)).toMatchObject({ rivalId: us.merchantUid, endedAt: null });

  // Two tenge a cycle, and one more cycle in which the last answer is given.
  expect(6 + (await cyclesToRest(us, them))).toBe(ROOM / 2 + 1);
  expect([us.kaspiPrice(), them.kaspiPrice()]).toEqual([PRICE - ROOM, PRICE - ROOM - 1]);

  twin.advance({ ms: 4 * HOUR });
  await watchStore(first.access, us.storeId);
  await watchStore(second.access, them.storeId);
  expect([await warOf(first, us), await warOf(second, them)]).toEqual([null, null]);
});
