import { beforeAll, expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { DAY, HOUR } from "@/lib/core/time";
import { productChart } from "@/lib/repricing/product-chart";
import { setLimits } from "@/lib/repricing/set-limits";
import { type Goods, goodsOnSale, handle } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf: Goods[] = [];

beforeAll(async () => {
  const { storeId, merchantId } = await connectedStore(office);
  await syncNow(office, storeId);
  shelf.push(...(await goodsOnSale(office, storeId, merchantId)));
});

function nextGoods() {
  const next = shelf.pop();
  if (!next) throw new Error("the shop is too small for these tests");
  return handle(office, next);
}

const chartOf = (productId: string, range: "day" | "week" = "day") =>
  productChart(db, owner, productId, range, access.clock());

test("shows our price as sent, the rival we followed, and the band we may move in", async () => {
  const goods = nextGoods();
  const start = goods.kaspiPrice();
  const floor = Math.ceil(start * 0.9);
  goods.rivals(start - 20);
  await goods.watch({ floor });
  await goods.cycle();
  const { lines, unread, decisions } = await chartOf(goods.productId);
  expect(lines.price.map(({ value }) => value)).toEqual([start, start - 21]);
  expect(lines.rival.map(({ value }) => value)).toEqual([start - 20]);
  expect(lines.floor.at(-1)?.value).toBe(floor);
  expect(lines.ceiling.at(-1)?.value).toBe(start);
  expect(unread).toEqual([]);
  expect(decisions).toMatchObject([{ reason: "undercut", state: "confirmed" }]);
});

test("a day later begins where the day before ended, and says that nobody looked since", async () => {
  const goods = nextGoods();
  const start = goods.kaspiPrice();
  goods.rivals(start - 20);
  await goods.watch({ floor: Math.ceil(start * 0.9) });
  await goods.cycle();
  twin.advance({ ms: DAY + HOUR });
  const day = await chartOf(goods.productId);
  expect(day.decisions).toEqual([]);
  expect(day.lines.price).toEqual([{ at: day.from, value: start - 21 }]);
  expect(day.lines.rival).toEqual([]);
  const week = await chartOf(goods.productId, "week");
  expect(week.decisions).toHaveLength(1);
  expect(week.unread).toMatchObject([{ to: week.to }]);
});

test("knows limits nobody has decided by, from what people set", async () => {
  const goods = nextGoods();
  const start = goods.kaspiPrice();
  const set = (floor: number) =>
    setLimits(db, owner, goods.productId, { floor: tenge(floor) }, access.clock());
  await set(start - 10);
  twin.advance({ ms: HOUR });
  await set(start - 30);
  twin.advance({ ms: HOUR });
  const { lines } = await chartOf(goods.productId);
  expect(lines.floor.map(({ value }) => value)).toEqual([start - 10, start - 30]);
});

test("another's product is not found", async () => {
  const { productId } = nextGoods();
  await expect(productChart(db, stranger, productId, "day", access.clock())).rejects.toMatchObject({
    kind: "not_found",
  });
});
