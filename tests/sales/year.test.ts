import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { salesDays, salesProductDays, salesStaleDays } from "@/lib/db/schema/sales";
import { workspace } from "@/lib/db/schema/workspace";
import { totalsBy, totalsByDay, totalsOf } from "@/lib/sales/figures-queries";
import type { Period } from "@/lib/sales/model";
import { productsSold, productTotals } from "@/lib/sales/product-queries";
import { sumStaleDays } from "@/lib/sales/sum-days";
import { testOffice } from "../support/office";

// A year of days is summed anew by some of them.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
let storeId = "";

const YEAR: Period = { from: "2025-03-01", to: "2026-03-05" };
const GOODS = 20;
const ORDERS = 4_000;

/** The same every time: parts of a hash of what it is about. */
const dice = (about: string, sides: number) =>
  sql.raw(`(abs(hashtext(${about}::text)) % ${sides})`);

beforeAll(async () => {
  const [store] = await db
    .insert(stores)
    .values({ userId: owner.id, merchantId: "17203946", name: "Лавка" })
    .returning({ id: stores.id });
  storeId = store?.id ?? "";
  await db.execute(sql`insert into ${products} (store_id, sku, name, category, on_sale)
    select ${storeId}::uuid, 'A' || n, 'Товар ' || n, 'Категория ' || n % 3, true
    from generate_series(1, ${GOODS}) n`);
  await db.insert(tariffs).values([
    ...[
      { kind: "commission", validFrom: "2025-01-01", rate: 1_000 },
      { kind: "commission", validFrom: "2025-11-01", rate: 1_250 },
      { kind: "kaspi_pay", validFrom: "2025-01-01", rate: 95 },
      { kind: "tax", validFrom: "2025-01-01", rate: 300 },
    ].map(({ rate, ...one }) => ({
      ...one,
      kind: one.kind as "tax",
      value: { rate },
      setAt: new Date(),
    })),
    {
      ...{ kind: "usual", validFrom: "2025-01-01", setAt: new Date() },
      value: {
        ...{ packaging: 50, other: 10, returns: 20 },
        ...{ weightGrams: null, delivery: "none", minProfit: 0, minMargin: null },
      },
    },
  ]);
  // Every third product has no cost; every second a dearer one since autumn.
  await db.execute(sql`insert into product_costs (product_id, cost, set_at, superseded_at, source)
    select id, 1000 + 10 * substr(sku, 2)::integer, '2025-01-01'::timestamptz, '2025-10-01'::timestamptz, 'page'
      from ${products} where substr(sku, 2)::integer % 3 > 0
    union all select id, 1500 + 10 * substr(sku, 2)::integer, '2025-10-01'::timestamptz, null, 'page'
      from ${products} where substr(sku, 2)::integer % 3 > 0`);
  await db.execute(sql`insert into ${orders} (store_id, code, state, status, tab, ordered_at, total_price,
      delivery_mode, is_kaspi_delivery, express, payment_mode, seller_delivery_cost, city_name, pre_order,
      signature_required, source, read_at, changed_at, has_entries)
    select ${storeId}::uuid, 'N' || n, 'ARCHIVE',
      (array['COMPLETED', 'COMPLETED', 'COMPLETED', 'ACCEPTED_BY_MERCHANT', 'CANCELLED', 'RETURNED',
        'CANCELLING'])[1 + ${dice("'status' || n", 7)}], 'archive',
      '2025-02-28 18:00:00Z'::timestamptz + ${dice("'at' || n", 370 * 24 * 60)} * interval '1 minute', 0,
      'DELIVERY_LOCAL', n % 2 = 0, n % 10 = 0, (array['PREPAID', 'PAY_WITH_CREDIT'])[1 + n % 2],
      case when n % 4 = 0 then 700 + n % 13 end, (array['Алматы', 'Астана', null])[1 + n % 3], false,
      false, 'shop_api', now(), now(), true
    from generate_series(1, ${ORDERS}) n`);
  await db.execute(sql`insert into order_entries (order_id, store_id, nth, sku, name, product_id, quantity,
      unit_price, total_price)
    select o.id, o.store_id, line, p.sku, p.name, p.id, 1 + ${dice("o.code || line", 3)},
      2000 + ${dice("o.code || 'p' || line", 900)},
      (1 + ${dice("o.code || line", 3)}) * (2000 + ${dice("o.code || 'p' || line", 900)})
    from ${orders} o cross join generate_series(0, 1) line
      join ${products} p on p.sku = 'A' || (1 + (${dice("o.code", GOODS)} + line) % ${sql.raw(String(GOODS))})
    where line = 0 or ${dice("o.code || 'two'", 2)} = 0`);
  await db.execute(sql`update ${orders} set changed_at = now() + interval '1 second', total_price =
    (select sum(total_price) from order_entries e where e.order_id = orders.id)`);
  while ((await sumStaleDays(db, 200)) === 200);
});

const scope = { storeId: undefined, period: YEAR };

/** The figures as anybody would ask them of the orders themselves. */
async function oracle(period: Period, zone: string) {
  const [row] = await db.execute<Record<string, string>>(sql`
    select count(*) filter (where good) as orders, coalesce(sum(total_price) filter (where good), 0) as revenue,
      count(*) filter (where status = 'COMPLETED') as completed,
      count(*) filter (where status in ('CANCELLED', 'CANCELLING')) as cancelled,
      coalesce(sum(total_price) filter (where status in ('CANCELLED', 'CANCELLING')), 0) as "cancelledSum",
      count(*) filter (where status = 'RETURNED') as returned
    from (select *, status not in ('CANCELLED', 'CANCELLING', 'RETURNED') as good from orders
      where (ordered_at at time zone ${zone})::date between ${period.from}::date and ${period.to}::date) o`);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, text]) => [name, Number(text)]));
}

describe.each(["Asia/Almaty", "America/Adak"])("a year of orders in %s", (zone) => {
  beforeAll(async () => {
    await db.update(workspace).set({ timeZone: zone });
    while ((await sumStaleDays(db, 200)) === 200);
  });

  test("no day is left to be summed", async () => {
    expect(await db.$count(salesStaleDays)).toBe(0);
  });

  test.each([
    YEAR,
    { from: "2025-03-01", to: "2025-03-31" },
    { from: "2025-03-09", to: "2025-03-09" },
    { from: "2025-11-02", to: "2025-11-02" },
    { from: "2025-12-31", to: "2026-01-01" },
  ])("$from to $to is what the orders say", async (period) => {
    expect(await totalsOf(db, owner, { ...scope, period })).toMatchObject(
      await oracle(period, zone),
    );
  });

  test("the days and the parts add up to the whole", async () => {
    const whole = await totalsOf(db, owner, scope);
    const sumOf = (rows: readonly { revenue: number; orders: number }[]) => ({
      revenue: rows.reduce((sum, { revenue }) => sum + revenue, 0),
      orders: rows.reduce((sum, row) => sum + row.orders, 0),
    });
    const { revenue, orders: count } = whole;
    expect(sumOf(await totalsByDay(db, owner, scope))).toEqual({ revenue, orders: count });
    for (const by of ["store", "city", "payment", "delivery"] as const)
      expect(sumOf(await totalsBy(db, owner, by, scope))).toEqual({ revenue, orders: count });
    expect((await productTotals(db, owner, scope)).revenue).toBe(revenue);
  });

  test("what is earned is what is left, line by line", async () => {
    // Delivery is parted between the lines of an order, to the tenge; here it is asked of whole orders.
    const [row] = await db.execute<Record<string, string>>(sql`
      with line as (
        select e.total_price as price, e.quantity,
          (o.ordered_at at time zone ${zone})::date >= '2025-11-01' as is_dear,
          case when o.ordered_at >= '2025-10-01' then 1500 else 1000 end
            + 10 * substr(e.sku, 2)::integer as cost,
          substr(e.sku, 2)::integer % 3 > 0 as known
        from order_entries e join orders o on o.id = e.order_id
        where o.status in ('COMPLETED', 'ACCEPTED_BY_MERCHANT') and
          (o.ordered_at at time zone ${zone})::date between ${YEAR.from}::date and ${YEAR.to}::date)
      select sum(price) filter (where known) as "knownRevenue",
        sum(cost * quantity) filter (where known) as cost,
        sum(80 * quantity) filter (where known) as extras,
        sum(ceil(price * (case when is_dear then 1645 else 1395 end) / 10000.0)) filter (where known) as shares,
        sum(price) filter (where not known) as unknown
      from line`);
    const seen = await productTotals(db, owner, scope);
    expect(seen.knownRevenue).toBe(Number(row?.knownRevenue));
    expect(seen.revenue - seen.knownRevenue).toBe(Number(row?.unknown));
    expect(seen.cost).toBe(Number(row?.cost));
    expect(seen.packaging + seen.other + seen.returns).toBe(Number(row?.extras));
    expect(seen.commission + seen.kaspiPay + seen.tax).toBe(Number(row?.shares));
    const { knownRevenue, cost, packaging, other, returns, delivery } = seen;
    const { commission, kaspiPay, tax, profit } = seen;
    expect(profit).toBe(
      knownRevenue - (cost + packaging + other + returns + delivery + commission + kaspiPay + tax),
    );
  });
});

test("what is not known is said, and is in no sum", async () => {
  const { rows } = await productsSold(db, owner, {
    ...scope,
    ...{ view: "unknown", sort: "revenue", search: undefined, limit: 100, offset: 0 },
  });
  expect(rows.map(({ line }) => line).sort()).toEqual(
    ["A12", "A15", "A18", "A3", "A6", "A9"].sort(),
  );
  for (const row of rows) {
    expect(row.missing).toEqual(["cost"]);
    expect([row.profit, row.knownRevenue]).toEqual([0, 0]);
  }
});

test("delivery that Kaspi named is parted between the lines, to the tenge", async () => {
  const [row] = await db.execute<{ fees: string }>(sql`
    select sum(o.seller_delivery_cost) as fees from orders o
    where o.status in ('COMPLETED', 'ACCEPTED_BY_MERCHANT')
      and not exists (select from order_entries e where e.order_id = o.id
        and substr(e.sku, 2)::integer % 3 = 0)`);
  const [mixed] = await db.execute<{ fees: string }>(sql`
    select sum(o.seller_delivery_cost) as fees from orders o
    where o.status in ('COMPLETED', 'ACCEPTED_BY_MERCHANT')`);
  const { delivery } = await productTotals(db, owner, scope);
  expect(delivery).toBeGreaterThan(Number(row?.fees));
  expect(delivery).toBeLessThan(Number(mixed?.fees));
});

test("an order that is returned late changes its day", async () => {
  const before = await totalsOf(db, owner, scope);
  const [one] = await db.execute<{ id: string; total_price: number }>(
    sql`select id, total_price from orders where status = 'COMPLETED' order by code limit 1`,
  );
  await db.execute(sql`update orders set status = 'RETURNED', changed_at = changed_at + interval '1 hour'
    where id = ${one?.id}::uuid`);
  expect(await sumStaleDays(db, 10)).toBe(1);
  const after = await totalsOf(db, owner, scope);
  expect(after.revenue).toBe(before.revenue - (one?.total_price ?? 0));
  expect(after.returned).toBe(before.returned + 1);
  await db.execute(sql`update orders set status = 'COMPLETED', changed_at = changed_at + interval '1 hour'
    where id = ${one?.id}::uuid`);
  await sumStaleDays(db, 10);
});

test("an order read again that says the same leaves its day alone", async () => {
  await db.execute(sql`update orders set read_at = now() where store_id = ${storeId}::uuid`);
  expect(await db.$count(salesStaleDays)).toBe(0);
});

test("a cost said later counts for sales that had none, and says so", async () => {
  const [product] = await db.execute<{ id: string }>(
    sql`select id from products where sku = 'A3' and store_id = ${storeId}::uuid`,
  );
  await db.execute(sql`insert into product_costs (product_id, cost, set_at, source)
    values (${product?.id}::uuid, 500, now(), 'page')`);
  while ((await sumStaleDays(db, 200)) === 200);
  const wanted = { view: "all", sort: "revenue", search: "A3", limit: 1, offset: 0 } as const;
  const { rows } = await productsSold(db, owner, { ...scope, ...wanted });
  expect(rows).toMatchObject([{ line: "A3", missing: [] }]);
  expect(rows[0]?.knownRevenue).toBe(rows[0]?.revenue);
  expect(rows[0]?.laterCostRevenue).toBe(rows[0]?.revenue);
  await db.execute(sql`delete from product_costs where product_id = ${product?.id}::uuid`);
  await db.execute(
    sql`insert into sales_stale_products (product_id) values (${product?.id}::uuid)
      on conflict do nothing`,
  );
  while ((await sumStaleDays(db, 200)) === 200);
});

test("a tariff that is entered for days gone by changes them", async () => {
  const before = await productTotals(db, owner, scope);
  await db.execute(sql`update tariffs set value = '{"rate": 400}' where kind = 'tax'`);
  while ((await sumStaleDays(db, 200)) === 200);
  expect((await productTotals(db, owner, scope)).tax).toBeGreaterThan(before.tax);
  await db.execute(sql`update tariffs set value = '{"rate": 300}' where kind = 'tax'`);
  while ((await sumStaleDays(db, 200)) === 200);
  expect(await productTotals(db, owner, scope)).toEqual(before);
});

test("nobody sees the sales of another's store", async () => {
  expect(await totalsOf(db, stranger, scope)).toMatchObject({ orders: 0, revenue: 0 });
  expect(await productTotals(db, stranger, scope)).toMatchObject({ revenue: 0 });
});

test("a store that is deleted takes its orders and sums with it", async () => {
  const [other] = await db
    .insert(stores)
    .values({ userId: owner.id, merchantId: "2", name: "Другая" })
    .returning({ id: stores.id });
  const id = other?.id ?? "";
  await db.execute(sql`insert into orders (store_id, code, state, status, tab, ordered_at, total_price,
      is_kaspi_delivery, express, pre_order, signature_required, source, read_at, changed_at)
    values (${id}::uuid, 'X1', 'NEW', 'APPROVED_BY_BANK', 'new', '2025-06-01', 1000, true, false, false,
      false, 'shop_api', now(), now())`);
  await sumStaleDays(db, 10);
  await db.delete(stores).where(eq(stores.id, id));
  expect(await db.$count(salesStaleDays)).toBe(0);
  expect(await db.$count(salesDays, eq(salesDays.storeId, id))).toBe(0);
});

test("two who sum at once part the days between them", async () => {
  await db.execute(sql`update orders set changed_at = changed_at + interval '1 day'`);
  const before = {
    days: await db.select().from(salesDays),
    marked: await db.$count(salesStaleDays),
  };
  const summed = await Promise.all([1, 2, 3].map(() => sumStaleDays(db, 1_000)));
  expect(summed.reduce((sum, one) => sum + one, 0)).toBe(before.marked);
  const byKey = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(byKey(await db.select().from(salesDays))).toEqual(byKey(before.days));
  expect(await db.$count(salesProductDays)).toBeGreaterThan(0);
});
