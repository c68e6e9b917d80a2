import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { DAY, HOUR, later } from "@/lib/core/time";
import { products as productTable } from "@/lib/db/schema/products";
import { decisions as decisionTable } from "@/lib/db/schema/repricing";
import { type BulkChange, selectionSchema } from "@/lib/repricing/bulk/bulk-model";
import { changeBatch, changeMany } from "@/lib/repricing/bulk/change-many";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { productChart } from "@/lib/repricing/chart/product-chart";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { db } = access;
const shelf = await fullShelf(office);

const chartOf = (productId: string, range: "day" | "week" = "day") =>
  productChart(db, owner, productId, range, access.clock());

test("shows our price as sent, the rival we followed, and the band we may move in", async () => {
  const goods = shelf.take();
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

test("follows the cheapest of those whom the rule counts", async () => {
  const goods = shelf.take();
  const start = goods.kaspiPrice();
  const offer = { kaspiDelivery: true, preorder: 0, delivery: "TOMORROW" as const };
  const others = [
    { ...offer, merchantId: "990001", price: start - 40, rating: 4.9, reviews: 800 },
    { ...offer, merchantId: "990002", price: start - 30, rating: 3.1, reviews: 800 },
    { ...offer, merchantId: "990003", price: start - 20, rating: 4.9, reviews: 800, preorder: 3 },
    { ...offer, merchantId: "990004", price: start - 10, rating: 4.9, reviews: 800 },
  ];
  twin.setRivals({ cardId: goods.cardId, cityId: goods.cityId, rivals: others });
  await goods.watch({ floor: Math.ceil(start * 0.9) });
  const rule = { excludeRivals: ["990001"], minRating: 4 };
  await db.update(productTable).set({ rule }).where(eq(productTable.id, goods.productId));
  await goods.cycle();
  const { lines } = await chartOf(goods.productId);
  expect(lines.rival.map(({ value }) => value)).toEqual([start - 10]);
  expect(lines.price.at(-1)?.value).toBe(start - 11);
});

test("a day later begins where the day before ended, and says that nobody looked since", async () => {
  const goods = shelf.take();
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
  const goods = shelf.take();
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

test("knows both limits when many products got one of them at once", async () => {
  const goods = shelf.take();
  const start = goods.kaspiPrice();
  const { productId } = goods;
  const limits = { floor: tenge(start - 50), ceiling: tenge(start + 50) };
  await setLimits(db, owner, productId, limits, access.clock());
  twin.advance({ ms: HOUR });
  const selection = selectionSchema.parse({ kind: "ids", ids: [productId] });
  const floor: BulkChange = { kind: "floor", to: { unit: "tenge", value: tenge(start - 10) } };
  const runId = await changeMany(
    db,
    owner,
    { selection, change: floor, confirm: true },
    access.clock(),
  );
  while (await changeBatch(db, runId, access.clock()));
  const { lines } = await chartOf(productId);
  expect(lines.floor.map(({ value }) => value)).toEqual([start - 50, start - 10]);
  expect(lines.ceiling.map(({ value }) => value)).toEqual([start + 50]);
});

test("another's product is not found", async () => {
  const { productId } = shelf.take();
  await expect(productChart(db, stranger, productId, "day", access.clock())).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("decisions of one minute are all there while they are few", async () => {
  const goods = shelf.take();
  const start = goods.kaspiPrice();
  await goods.watch({ floor: Math.ceil(start * 0.9) });
  for (const rival of [start + 100, start - 20, start - 30, start - 40]) {
    goods.rivals(rival);
    await goods.cycle();
  }
  const { decisions, lines } = await chartOf(goods.productId);
  expect(decisions.map(({ price }) => price).slice(-3)).toEqual([
    start - 21,
    start - 31,
    start - 41,
  ]);
  expect(lines.rival.map(({ value }) => value).slice(-3)).toEqual([
    start - 20,
    start - 30,
    start - 40,
  ]);
});

test("of very many decisions a bounded number is read, the sent ones first", async () => {
  const goods = shelf.take();
  const start = goods.kaspiPrice();
  goods.rivals(start - 20);
  await goods.watch({ floor: Math.ceil(start * 0.9) });
  await goods.cycle();
  const [sent] = await goods.history();
  if (!sent) throw new Error("nothing was sent");
  twin.advance({ ms: 20 * HOUR });
  const holds = Array.from({ length: 1_500 }, (_, nth) => ({
    ...sent,
    id: undefined,
    seq: 1_000_000 + nth,
    kind: "hold" as const,
    reason: "already_first",
    price: null,
    priceBefore: sent.price,
    state: "none" as const,
    decidedAt: later(sent.decidedAt, nth * 40_000),
  }));
  await db.insert(decisionTable).values(holds);
  const { decisions, lines } = await chartOf(goods.productId);
  expect(decisions.length).toBeLessThanOrEqual(300);
  expect(decisions.length).toBeGreaterThan(150);
  expect(decisions[0]).toMatchObject({ id: sent.id });
  expect(lines.price.map(({ value }) => value)).toEqual([start, start - 21]);
});
