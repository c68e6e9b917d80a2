import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY, MINUTE } from "@/lib/core/time";
import { products } from "@/lib/db/schema/products";
import { salesProductDays } from "@/lib/db/schema/sales";
import { tellings } from "@/lib/db/schema/telegram";
import { notices } from "@/lib/db/schema/workspace";
import { dismissNotice, listOpenNotices } from "@/lib/notices/queries";
import { keepPrice } from "@/lib/repricing/hold/answer-frozen";
import { raiseShopNews, raiseStockNews } from "@/lib/telling/raise-shop-news";
import { sendTellings } from "@/lib/telling/send-tellings";
import { spreadNotices } from "@/lib/telling/spread-notices";
import { tellingOf } from "@/lib/telling/telling-queries";
import { setSendingStopped } from "@/lib/workspace/queries";
import { testOffice } from "../support/office";
import { fullShelf } from "../support/shelf";
import { telegramOf } from "../support/telling";

const office = await testOffice();
const { access, owner, twin } = office;
const { db, clock } = access;
const shelf = await fullShelf(office);
const { telling, linked } = await telegramOf(office);
beforeEach(() => db.delete(notices).then(() => undefined));

const open = (kind: string) =>
  db
    .select()
    .from(notices)
    .where(and(eq(notices.kind, kind), isNull(notices.resolvedAt)))
    .orderBy(asc(notices.createdAt));

/** A rival at half our price: the bot asks before it follows. */
async function frozen() {
  const goods = shelf.take();
  goods.rivals(Math.floor(goods.kaspiPrice() / 2));
  await goods.watch({ floor: Math.ceil(goods.kaspiPrice() / 4) });
  await goods.cycle();
  const decision = (await goods.history()).at(-1);
  expect(decision?.state).toBe("frozen");
  return { goods, decisionId: decision?.id ?? "" };
}

test("a frozen price is told once with its answers, and is over with its answer", async () => {
  const person = await linked(owner);
  const { goods, decisionId } = await frozen();
  const { productId } = goods;
  await raiseShopNews(access);
  expect(await raiseShopNews(access)).toBe(0);
  // Another test's price may wait, too.
  const ours = async () =>
    (await open("price_frozen")).filter(({ params }) => params.product_id === productId);
  expect(await ours()).toMatchObject([{ params: { decision: decisionId } }]);
  expect((await listOpenNotices(db, owner)).map(({ kind }) => kind)).not.toContain("price_frozen");
  await spreadNotices(telling);
  await sendTellings(telling, { atOnce: 1 });
  const [told] = await db
    .select()
    .from(tellings)
    .where(sql`${tellings.params} ->> 'product_id' = ${productId}`);
  const message = person.chat.messages.find(({ id }) => id === told?.messageId);
  expect(message?.buttons).toEqual([["Принять цену", "Оставить как есть"]]);
  expect(message?.text).toMatch(/ждёт вашего ответа, [\d\s]+₸ → [\d\s]+₸/u);
  const about = () => tellingOf(db, owner, told?.id ?? "");
  expect(await about()).toMatchObject({ productId, decisionId });
  await keepPrice(db, owner, { productId, decisionId }, clock());
  expect(await about()).toMatchObject({ productId, decisionId: null });
  await raiseShopNews(access);
  expect(await ours()).toEqual([]);
});

test("one that was put away is not raised again for a day", async () => {
  await frozen();
  await raiseShopNews(access);
  const before = await open("price_frozen");
  for (const { id } of before) await dismissNotice(db, owner, id, clock());
  expect(await raiseShopNews(access)).toBe(0);
  twin.advance({ ms: DAY + MINUTE });
  expect(await raiseShopNews(access)).toBe(before.length);
});

test("the kill switch is told each time it is pulled, and over when it is released", async () => {
  await setSendingStopped(db, owner, true, clock());
  await raiseShopNews(access);
  await raiseShopNews(access);
  expect(await open("sending_stopped")).toHaveLength(1);
  const [notice] = await open("sending_stopped");
  await dismissNotice(db, owner, notice?.id ?? "", clock());
  await raiseShopNews(access);
  expect(await open("sending_stopped")).toEqual([]);
  await setSendingStopped(db, owner, false, clock());
  twin.advance({ ms: MINUTE });
  await setSendingStopped(db, owner, true, clock());
  await raiseShopNews(access);
  expect(await open("sending_stopped")).toHaveLength(1);
  await setSendingStopped(db, owner, false, clock());
  await raiseShopNews(access);
  expect(await open("sending_stopped")).toEqual([]);
});

test("goods that run out are one notice of their store, news again when there are more of them", async () => {
  const some = await db
    .select({ id: products.id, name: products.name })
    .from(products)
    .where(eq(products.storeId, shelf.storeId))
    .orderBy(asc(products.id))
    .limit(3);
  const stockOf = (nth: number, stock: number) =>
    db
      .update(products)
      .set({ stock })
      .where(eq(products.id, some[nth]?.id ?? ""));
  await db.update(products).set({ stock: 10_000 });
  const day = new Date(clock().getTime() - DAY).toISOString().slice(0, 10);
  for (const { id, name } of some)
    await db.insert(salesProductDays).values({
      ...{ storeId: shelf.storeId, day, line: id, productId: id, name, category: "" },
      ...{ orders: 5, units: 30, missing: [] },
    } as typeof salesProductDays.$inferInsert);
  expect(await raiseStockNews(access)).toBe(0);
  await stockOf(0, 3);
  expect(await raiseStockNews(access)).toBe(1);
  expect(await open("low_stock")).toMatchObject([
    { params: { count: 1, product: some[0]?.name, of: shelf.storeId } },
  ]);
  const first = (await open("low_stock"))[0]?.createdAt;
  await stockOf(1, 5);
  await raiseStockNews(access);
  expect(await open("low_stock")).toMatchObject([{ params: { count: 2 }, createdAt: first }]);
  await dismissNotice(db, owner, (await open("low_stock"))[0]?.id ?? "", clock());
  twin.advance({ ms: DAY + MINUTE });
  expect(await raiseStockNews(access)).toBe(0);
  await stockOf(2, 4);
  expect(await raiseStockNews(access)).toBe(1);
  for (const nth of [0, 1, 2]) await stockOf(nth, 10_000);
  await raiseStockNews(access);
  expect(await open("low_stock")).toEqual([]);
});
