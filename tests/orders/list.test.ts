import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { pickupPoints } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import { translator } from "@/lib/i18n/translator";
import { type OrderFilter, orderFilterSchema } from "@/lib/orders/address";
import { exportOrders } from "@/lib/orders/export-orders";
import { orderCities, ordersPage, tabCounts } from "@/lib/orders/list-queries";
import { findOrder, stateHistory } from "@/lib/orders/shown-queries";
import { readStates } from "@/lib/orders/source-queries";
import { amountText, deliveryText } from "@/lib/orders/words";
import { testOffice } from "../support/office";
import { readOrdersNow, storeWithOrders } from "../support/orders";
import { syncNow } from "../support/stores";

const office = await testOffice({ startAt: new Date("2026-11-10T07:30:00Z") });
const { access, owner, stranger, twin } = office;
const { db, clock } = access;
const shop = await storeWithOrders(office);
const { merchantUid, storeId } = shop;
await syncNow(office, storeId);

const { now } = twin.now();
const add = (said: object = {}) => twin.addOrder({ merchantUid, isKaspiDelivery: true, ...said });
const fresh = add({ lines: [{ offer: 1 }, { offer: 2, quantity: 2 }] });
const packing = add({ state: "KASPI_DELIVERY", status: "ACCEPTED_BY_MERCHANT" });
const over = add({
  state: "ARCHIVE",
  status: "CANCELLED",
  createdAt: now - 3 * DAY,
  cancellationReason: "MERCHANT_OUT_OF_STOCK",
});
// 19:00 UTC of the 8th is midnight of the 9th in Almaty.
const beforeMidnight = add({ createdAt: Date.parse("2026-11-08T18:59:59.999Z") });
const atMidnight = add({ createdAt: Date.parse("2026-11-08T19:00:00.000Z") });
// Of goods that no other order has, longer ago than words are looked for.
const old = add({
  ...{ state: "ARCHIVE", status: "COMPLETED", createdAt: now - 200 * DAY, lines: [{ offer: 20 }] },
});
twin.advance({ ms: 60_000 });
await readOrdersNow(office, storeId);

const timeZone = "Asia/Almaty";
async function codes(said: Partial<OrderFilter>, caller = owner) {
  const filter = orderFilterSchema.parse({ tab: "all", ...said });
  const { rows } = await ordersPage(db, caller, { filter, timeZone, limit: 50, now: clock() });
  return rows.map(({ code }) => code);
}

test("tabs hold what Kaspi's do, the newest first, and are counted", async () => {
  expect(await codes({ tab: "new" })).toEqual([fresh.code, atMidnight.code, beforeMidnight.code]);
  expect(await codes({ tab: "packing" })).toEqual([packing.code]);
  expect(await codes({ tab: "archive" })).toEqual([over.code, old.code]);
  expect(await codes({})).toHaveLength(6);
  const { open, hasAny } = await tabCounts(db, owner, undefined);
  expect([Object.fromEntries(open), hasAny]).toEqual([{ new: 3, packing: 1 }, true]);
});

test("a list is narrowed by code, article, goods and city", async () => {
  expect(await codes({ q: fresh.code })).toEqual([fresh.code]);
  expect(await codes({ q: fresh.entries[1]?.sku ?? "" })).toContain(fresh.code);
  expect(await codes({ q: (fresh.entries[1]?.title ?? "").slice(0, 20).toUpperCase() })).toContain(
    fresh.code,
  );
  expect(await codes({ q: "100%_" })).toEqual([]);
  expect(await codes({ city: fresh.cityId })).toHaveLength(6);
  expect(await codes({ city: "710000000" })).toEqual([]);
  expect(await orderCities(db, owner, undefined)).toEqual([{ id: "750000000", name: "Алматы" }]);
});

test("days are those of the zone, both ends of them", async () => {
  expect(await codes({ from: "2026-11-09", to: "2026-11-09" })).toEqual([atMidnight.code]);
  expect(await codes({ from: "2026-11-08", to: "2026-11-08" })).toEqual([beforeMidnight.code]);
  expect(await codes({ to: "2026-11-07" })).toEqual([over.code, old.code]);
});

test("pages go on from the last row and leave nothing out", async () => {
  const filter = orderFilterSchema.parse({ tab: "all" });
  const seen: string[] = [];
  for (let before: { orderedAt: Date; id: string } | undefined; ; ) {
    const { rows, hasMore } = await ordersPage(db, owner, {
      filter,
      timeZone,
      before,
      limit: 2,
      now: clock(),
    });
    seen.push(...rows.map(({ code }) => code));
    before = rows.at(-1);
    if (!hasMore) break;
  }
  expect(seen).toEqual(await codes({}));
});

test("an order is shown with its lines, their products and its history", async () => {
  const { id } = await shop.order(fresh.code);
  const order = await findOrder(db, owner, id);
  expect(order.entries.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    [fresh.entries[0]?.sku, 1],
    [fresh.entries[1]?.sku, 2],
  ]);
  expect(order).toMatchObject({ pointLabel: "PP1", hasToken: true, mayChange: true });
  expect((await stateHistory(db, owner, id)).map(({ status, person }) => [status, person])).toEqual(
    [["APPROVED_BY_BANK", null]],
  );
  expect(await readStates(db, owner, undefined)).toMatchObject([
    { id: storeId, hasToken: true, lastError: null, lastWholeAt: clock() },
  ]);
});

const page = (said: Partial<OrderFilter>) => {
  const filter = orderFilterSchema.parse({ tab: "all", ...said });
  return ordersPage(db, owner, { filter, timeZone, limit: 50, now: clock() });
};

test("words are looked for in the last days, a number or an article at any time", async () => {
  const { q, sku } = { q: old.entries[0]?.title ?? "", sku: old.entries[0]?.sku ?? "" };
  const bounded = await page({ q });
  expect(bounded.isBounded).toBe(true);
  expect(bounded.rows.map(({ code }) => code)).not.toContain(old.code);
  const chosen = await page({ q, from: "2026-01-01" });
  expect(chosen.isBounded).toBe(false);
  expect(chosen.rows.map(({ code }) => code)).toContain(old.code);
  expect((await page({ q: old.code })).rows.map(({ code }) => code)).toEqual([old.code]);
  const bySku = await page({ q: sku });
  expect(bySku.isBounded).toBe(false);
  expect(bySku.rows.map(({ code }) => code)).toContain(old.code);
  expect((await page({ q: sku.slice(0, 6) })).rows.map(({ code }) => code)).toContain(old.code);
});

test("cities are those of the orders, their point being known or not", async () => {
  const points = await db.select().from(pickupPoints).where(eq(pickupPoints.storeId, storeId));
  await db.delete(pickupPoints).where(eq(pickupPoints.storeId, storeId));
  const { id } = await shop.order(over.code);
  await db.update(orders).set({ cityId: "710000000", cityName: null }).where(eq(orders.id, id));
  expect(await orderCities(db, owner, undefined)).toEqual([
    { id: "710000000", name: "710000000" },
    { id: "750000000", name: "Алматы" },
  ]);
  expect(await orderCities(db, stranger, undefined)).toEqual([]);
  await db.update(orders).set({ cityId: "750000000", cityName: "Алматы" }).where(eq(orders.id, id));
  await db.insert(pickupPoints).values(points);
});

test("what nobody says is said to be unknown, and weighed goods by their weight", () => {
  const t = translator("ru");
  const silent = { deliveryMode: null, isKaspiDelivery: false, express: false };
  expect(deliveryText(t, silent)).toBe("не указано");
  expect(deliveryText(t, { ...silent, deliveryMode: "DELIVERY_LOCAL" })).toBe("Моя доставка");
  expect(amountText(t, { quantity: 3, kilograms: 3.8 }, "ru")).toBe("3,8 кг");
  expect(amountText(t, { quantity: 3, kilograms: null }, "ru")).toBe("3 шт.");
});

test("the delivery of an order stands in the file once", async () => {
  const filter = orderFilterSchema.parse({ tab: "new" });
  const file = await exportOrders(db, owner, { filter, format: "csv", locale: "ru", now: clock() });
  const text = await new Response(file).text();
  const costs = text.split(/\r?\n/).flatMap((line) => {
    const cells = line.replaceAll('"', "").split(";");
    return cells[0] === fresh.code ? [cells[10]] : [];
  });
  expect(costs).toHaveLength(2);
  expect(costs.filter((cost) => cost !== "")).toHaveLength(1);
});

test("a stranger sees nothing of it", async () => {
  const { id } = await shop.order(fresh.code);
  expect(await codes({}, stranger)).toEqual([]);
  expect((await tabCounts(db, stranger, undefined)).hasAny).toBe(false);
  expect(await orderCities(db, stranger, undefined)).toEqual([]);
  expect(await readStates(db, stranger, undefined)).toEqual([]);
  await expect(findOrder(db, stranger, id)).rejects.toMatchObject({ kind: "not_found" });
});

test("the file has a row for each line, and the columns of the cabinet's own", async () => {
  const filter = orderFilterSchema.parse({ tab: "all" });
  const file = await exportOrders(db, owner, { filter, format: "csv", locale: "ru", now: clock() });
  const lines = (await new Response(file).text())
    .replace("\uFEFF", "")
    .replaceAll('"', "")
    .trim()
    .split(/\r?\n/);
  expect(lines[0]).toBe(
    "№ заказа;Дата;Статус;Магазин;Артикул;Товар;Кол-во;Цена;Сумма;Способ доставки;Доставка для продавца, на заказ;Город;Точка;Оплата;Причина отмены",
  );
  expect(lines).toHaveLength(8);
  const cancelled = lines.find((line) => line.startsWith(over.code));
  expect(cancelled).toContain("Отменён");
  expect(cancelled).toContain("Товара нет в наличии");
  expect(lines.filter((line) => line.startsWith(fresh.code))).toHaveLength(2);
});
