import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { profitAddress, salesAddress, stockAddress } from "@/lib/sales/address";
import { exportProfit } from "@/lib/sales/export-profit";
import { exportSales } from "@/lib/sales/export-sales";
import { exportStock } from "@/lib/sales/export-stock";
import { loadProfit } from "@/lib/sales/load-profit";
import { loadSales } from "@/lib/sales/load-sales";
import { sumStaleDays } from "@/lib/sales/sum-days";
import { testOffice } from "../support/office";

const office = await testOffice();
const { access, owner } = office;
const { db } = access;
const now = new Date("2026-03-05T10:00:00Z");
const period = { from: "2026-03-01", to: "2026-03-05" };

/** Code, time, sum; the last is of an order whose lines Kaspi has not told. */
const sold = [
  ["1", "2026-03-01T10:00:00Z", 10_000],
  ["2", "2026-03-02T10:00:00Z", 20_000],
  ["3", "2026-03-05T09:00:00Z", 40_000],
] as const;

beforeAll(async () => {
  const [store] = await db
    .insert(stores)
    .values({ userId: owner.id, merchantId: "1", name: "Лавка" })
    .returning({ id: stores.id });
  const storeId = store?.id ?? "";
  await db.execute(sql`insert into products (store_id, sku, name, category, on_sale, stock)
    values (${storeId}::uuid, '=A1', 'Чайник', 'Чайники', true, 3)`);
  await db.insert(tariffs).values(
    (["commission", "kaspi_pay", "tax"] as const).map((kind) => ({
      ...{ kind, validFrom: "2025-01-01", value: { rate: 1_000 }, setAt: now },
    })),
  );
  await db.execute(sql`insert into product_costs (product_id, cost, packaging, other, returns, delivery, set_at, source)
    select id, 100, 0, 0, 0, 'none', '2025-01-01', 'page' from products`);
  for (const [code, at, price] of sold)
    await db.execute(sql`insert into orders (store_id, code, state, status, tab, ordered_at, total_price,
        is_kaspi_delivery, express, pre_order, signature_required, source, read_at, changed_at)
      values (${storeId}::uuid, ${code}, 'ARCHIVE', 'COMPLETED', 'archive', ${at}::timestamptz,
        ${price}::integer, false, false, false, false, 'shop_api', now(), now())`);
  await db.execute(sql`insert into order_entries (order_id, store_id, nth, sku, name, product_id, quantity,
      unit_price, total_price)
    select o.id, o.store_id, 0, p.sku, p.name, p.id, 1.5, o.total_price, o.total_price
    from orders o cross join products p where o.code <> '3'`);
  await sumStaleDays(db, { most: 100 });
});

const textOf = async (file: Promise<ReadableStream<Uint8Array>>) =>
  (await new Response(await file).text()).replace("\ufeff", "").trim().split("\r\n");

describe("a file of what a page shows", () => {
  const how = { format: "csv", locale: "ru", now } as const;

  test("by day", async () => {
    const address = { ...salesAddress.parse(period), what: "days" as const };
    const lines = await textOf(exportSales(db, owner, { ...how, address }));
    expect(lines.slice(1)).toEqual([
      '"2026-03-01";1;10000;10000;0;0;0;0',
      '"2026-03-02";1;20000;20000;0;0;0;0',
      '"2026-03-05";1;40000;40000;0;0;0;0',
    ]);
  });

  test("by product, with the fractions of what is weighed", async () => {
    const address = { ...salesAddress.parse(period), what: "parts" as const };
    const lines = await textOf(exportSales(db, owner, { ...how, address }));
    expect(lines.slice(1)).toEqual(['"Чайник";2;3;30000;0;0']);
  });

  test("of profit: an article that looks like a formula is a text", async () => {
    const address = profitAddress.parse(period);
    const [, line = ""] = await textOf(exportProfit(db, owner, { ...how, address }));
    expect(line).toContain(`"Лавка";"'=A1";"Чайник";"Чайники";3;30000;30000;300;`);
    // 30,000 less 300 of cost and three times a tenth.
    expect(line).toContain(";20700;");
  });

  test("of stock, with days in tenths", async () => {
    const address = stockAddress.parse({ view: "all" });
    const [, line] = await textOf(exportStock(db, owner, { ...how, address }));
    expect(line).toBe(`"Лавка";"'=A1";"Чайник";3;3;30`);
  });
});

test("orders whose lines are not read are in the sales, in no product, and said", async () => {
  const { totals } = await loadSales(db, owner, salesAddress.parse(period), now);
  expect(totals).toMatchObject({ orders: 3, revenue: 70_000, lineless: 1, linelessSum: 40_000 });
  const profit = await loadProfit(db, owner, profitAddress.parse(period), now);
  expect(profit.totals).toMatchObject({ revenue: 30_000, knownRevenue: 30_000, profit: 20_700 });
  expect(profit.lineless).toEqual({ orders: 1, sum: 40_000 });
});

test("the day under way is in the figures, and in no comparison", async () => {
  const { totals, compared } = await loadSales(db, owner, salesAddress.parse(period), now);
  expect(totals.revenue).toBe(70_000);
  expect(compared).toMatchObject({ isWithoutToday: true, now: { revenue: 30_000 } });
});
