import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { findActiveUser } from "@/lib/auth/users";
import { tariffs } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { salesDays, salesProductDays, salesStaleDays } from "@/lib/db/schema/sales";
import { workspace } from "@/lib/db/schema/workspace";
import { orderFilterSchema } from "@/lib/orders/address";
import { ordersPage } from "@/lib/orders/list-queries";
import { UNSTATED } from "@/lib/orders/outcome-model";
import { totalsBy, totalsByDay, totalsOf } from "@/lib/sales/figures-queries";
import type { Period } from "@/lib/sales/model";
import { productsSold, productTotals } from "@/lib/sales/product-queries";
import { stockLines } from "@/lib/sales/stock-queries";
import { sumStaleDays } from "@/lib/sales/sum-days";
import { shareStore } from "@/lib/stores/share-store";
import { getWorkspace } from "@/lib/workspace/queries";
import { testOffice } from "../support/office";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { access, owner, stranger } = office;
const { db } = access;
let storeId = "";

const YEAR: Period = { from: "2025-03-01", to: "2026-03-05" };
const storeDay = { storeId: salesStaleDays.storeId, day: salesStaleDays.day };
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
        ...{ weightGrams: 700, delivery: "city", minProfit: 0, minMargin: null },
      },
    },
    {
      ...{ kind: "delivery", validFrom: "2025-01-01", setAt: new Date() },
      value: {
        bands: [
          { scope: "city", priceFrom: 0, weightTo: 2_000, fee: 490 },
          { scope: "city", priceFrom: 0, weightTo: null, fee: 690 },
          { scope: "city", priceFrom: 5_000, weightTo: null, fee: 990 },
          { scope: "express", priceFrom: 0, weightTo: null, fee: 1_490 },
        ],
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
  await sumAll();
});

const scope = { storeId: undefined, period: YEAR, withCosts: true } as const;

async function sumAll(): Promise<void> {
  while ((await sumStaleDays(db, { most: 200 })).tried === 200);
}

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
    await sumAll();
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
    const [row] = await db.execute<Record<string, string>>(sql`
      with sold as (
        select o.*, case when not is_kaspi_delivery then coalesce(seller_delivery_cost, 0)
            else coalesce(seller_delivery_cost, case when express then 1490
              when total_price >= 5000 then 990 when grams <= 2000 then 490 else 690 end) end as fee
        from orders o join (select order_id, sum(700 * quantity) as grams from order_entries group by 1) e
          on e.order_id = o.id
        where o.status in ('COMPLETED', 'ACCEPTED_BY_MERCHANT') and
          (o.ordered_at at time zone ${zone})::date between ${YEAR.from}::date and ${YEAR.to}::date),
      line as (
        select e.total_price as price, e.quantity, o.fee,
          sum(e.total_price) over (partition by o.id order by e.nth) as upto,
          sum(e.total_price) over (partition by o.id) as whole,
          (o.ordered_at at time zone ${zone})::date >= '2025-11-01' as is_dear,
          case when o.ordered_at >= '2025-10-01' then 1500 else 1000 end
            + 10 * substr(e.sku, 2)::integer as cost,
          substr(e.sku, 2)::integer % 3 > 0 as known
        from order_entries e join sold o on o.id = e.order_id)
      select sum(price) filter (where known) as "knownRevenue",
        sum(cost * quantity) filter (where known) as cost,
        sum(80 * quantity) filter (where known) as extras,
        sum(round(fee * upto::numeric / whole) - round(fee * (upto - price)::numeric / whole))
          filter (where known) as delivery,
        sum(ceil(price * (case when is_dear then 1645 else 1395 end) / 10000.0)) filter (where known) as shares,
        sum(price) filter (where not known) as unknown
      from line`);
    const seen = await productTotals(db, owner, scope);
    expect(seen.knownRevenue).toBe(Number(row?.knownRevenue));
    expect(seen.revenue - seen.knownRevenue).toBe(Number(row?.unknown));
    expect(seen.cost).toBe(Number(row?.cost));
    expect(seen.packaging + seen.other + seen.returns).toBe(Number(row?.extras));
    expect(seen.delivery).toBe(Number(row?.delivery));
    expect(seen.commission + seen.kaspiPay + seen.tax).toBe(Number(row?.shares));
    const { knownRevenue, cost, packaging, other, returns, delivery } = seen;
    const { commission, kaspiPay, tax, profit } = seen;
    expect(profit).toBe(
      knownRevenue - (cost + packaging + other + returns + delivery + commission + kaspiPay + tax),
    );
  });

  test("what the delivery of lost orders cost is told apart", async () => {
    const [row] = await db.execute<{ lost: string }>(sql`
      select sum(seller_delivery_cost) as lost from orders
      where status in ('CANCELLED', 'CANCELLING', 'RETURNED') and
        (ordered_at at time zone ${zone})::date between ${YEAR.from}::date and ${YEAR.to}::date`);
    expect((await productTotals(db, owner, scope)).lostDelivery).toBe(Number(row?.lost));
  });

  test("an order counts once for a product, however many lines it has of it", async () => {
    const [row] = await db.execute<{ orders: string }>(sql`
      select count(distinct o.id) as orders from orders o join order_entries e on e.order_id = o.id
      where e.sku = 'A4' and o.status in ('COMPLETED', 'ACCEPTED_BY_MERCHANT') and
        (o.ordered_at at time zone ${zone})::date between ${YEAR.from}::date and ${YEAR.to}::date`);
    const wanted = { view: "all", sort: "revenue", search: "A4", limit: 9, offset: 0 } as const;
    const { rows } = await productsSold(db, owner, { ...scope, ...wanted });
    expect(rows.map(({ sku, orders: count }) => [sku, count])).toEqual([
      ["A4", Number(row?.orders)],
    ]);
  });
});

test("what is not known is said, and is in no sum", async () => {
  const { rows } = await productsSold(db, owner, {
    ...scope,
    ...{ view: "unknown", sort: "revenue", search: undefined, limit: 100, offset: 0 },
  });
  expect(rows.map(({ sku }) => sku).sort()).toEqual(["A12", "A15", "A18", "A3", "A6", "A9"].sort());
  for (const row of rows) {
    expect(row.missing).toEqual(["cost"]);
    expect([row.profit, row.knownRevenue]).toEqual([0, 0]);
  }
});

test("an order that is returned late changes its day", async () => {
  const before = await totalsOf(db, owner, scope);
  const [one] = await db.execute<{ id: string; total_price: number }>(
    sql`select id, total_price from orders where status = 'COMPLETED' order by code limit 1`,
  );
  await db.execute(sql`update orders set status = 'RETURNED', changed_at = changed_at + interval '1 hour'
    where id = ${one?.id}::uuid`);
  expect(await sumStaleDays(db, { most: 10 })).toEqual({ tried: 1, failed: [] });
  const after = await totalsOf(db, owner, scope);
  expect(after.revenue).toBe(before.revenue - (one?.total_price ?? 0));
  expect(after.returned).toBe(before.returned + 1);
  await db.execute(sql`update orders set status = 'COMPLETED', changed_at = changed_at + interval '1 hour'
    where id = ${one?.id}::uuid`);
  await sumAll();
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
  await sumAll();
  const wanted = { view: "all", sort: "revenue", search: "A3", limit: 1, offset: 0 } as const;
  const { rows } = await productsSold(db, owner, { ...scope, ...wanted });
  expect(rows).toMatchObject([{ sku: "A3", missing: [] }]);
  expect(rows[0]?.knownRevenue).toBe(rows[0]?.revenue);
  expect(rows[0]?.laterCostRevenue).toBe(rows[0]?.revenue);
  await db.execute(sql`delete from product_costs where product_id = ${product?.id}::uuid`);
  await db.execute(
    sql`insert into sales_stale_products (product_id, since) values (${product?.id}::uuid, now())`,
  );
  await sumAll();
});

/** A tax from late in the period on, which goes again. */
async function taxed(rate: number, meanwhile: () => Promise<unknown>): Promise<void> {
  const late = {
    kind: "tax",
    validFrom: "2026-02-15",
    value: { rate },
    setAt: new Date(),
  } as const;
  const [tariff] = await db.insert(tariffs).values(late).returning({ id: tariffs.id });
  await meanwhile();
  await db.delete(tariffs).where(eq(tariffs.id, tariff?.id ?? ""));
  await sumAll();
}

test("a tariff that is entered for days gone by changes them", async () => {
  const before = await productTotals(db, owner, scope);
  await taxed(400, async () => {
    await sumAll();
    expect((await productTotals(db, owner, scope)).tax).toBeGreaterThan(before.tax);
  });
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
  await sumAll();
  await db.delete(stores).where(eq(stores.id, id));
  expect(await db.$count(salesStaleDays)).toBe(0);
  expect(await db.$count(salesDays, eq(salesDays.storeId, id))).toBe(0);
});

/** Every order of a month is said to have changed. */
const touchMonth = () =>
  db.execute(sql`update orders set changed_at = changed_at + interval '1 day'
    where ordered_at >= '2026-01-20' and ordered_at < '2026-02-20'`);

test("those who sum at once part the days between them", async () => {
  await touchMonth();
  const before = await db.select().from(salesDays);
  const days = await db.selectDistinct({ ...storeDay }).from(salesStaleDays);
  const summed = await Promise.all([1, 2, 3].map(() => sumStaleDays(db, { most: 1_000 })));
  expect(summed.reduce((sum, { tried }) => sum + tried, 0)).toBe(days.length);
  const byKey = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(byKey(await db.select().from(salesDays))).toEqual(byKey(before));
  expect(await db.$count(salesProductDays)).toBeGreaterThan(0);
});

test("orders and tariffs that change while days are summed are in the sums in the end", async () => {
  const changes = async (nth: number) => {
    for (let turn = 0; turn < 10; turn += 1)
      await db.execute(sql`update orders set total_price = total_price + 1,
        changed_at = changed_at + interval '1 second'
        where id in (select id from orders where substr(code, 2)::integer % 3 = ${nth}
          and ordered_at > '2026-02-10' order by md5(code || ${turn}) limit 20)`);
  };
  const { timeZone } = await getWorkspace(db);
  await taxed(500, async () => {
    const raise = db.execute(
      sql`update tariffs set value = '{"rate": 310}' where valid_from = '2026-02-15'`,
    );
    await Promise.all([changes(0), changes(1), changes(2), raise, sumAll(), sumAll()]);
    await sumAll();
    expect(await totalsOf(db, owner, scope)).toMatchObject(await oracle(YEAR, timeZone));
    const seen = await productTotals(db, owner, scope);
    await db.execute(sql`update orders set changed_at = changed_at + interval '1 day'
      where ordered_at > '2026-02-10'`);
    await sumAll();
    expect(await productTotals(db, owner, scope)).toEqual(seen);
    await db.execute(sql`update orders set changed_at = changed_at + interval '1 day', total_price =
      (select sum(total_price) from order_entries e where e.order_id = orders.id)
      where ordered_at > '2026-02-10'`);
  });
});

test("a day that cannot be summed keeps no other waiting, and stays to be summed", async () => {
  const { timeZone } = await getWorkspace(db);
  const [last] = await db.execute<{ day: string }>(sql`
    select max((ordered_at at time zone ${timeZone})::date)::text as day from orders
    where ordered_at < '2026-02-19'`);
  const day = last?.day ?? "";
  await db.execute(
    sql.raw(`alter table sales_days add constraint poisoned check (day <> '${day}') not valid`),
  );
  await touchMonth();
  const { failed } = await sumStaleDays(db, { most: 1_000 });
  expect(failed).toEqual([{ storeId, day }]);
  expect(await db.selectDistinct({ ...storeDay }).from(salesStaleDays)).toEqual(failed);
  await db.execute(sql`alter table sales_days drop constraint poisoned`);
  await sumAll();
  expect(await db.$count(salesStaleDays)).toBe(0);
});

test("who may see the orders and not the products sees no cost and no profit", async () => {
  const rights = ["view_store", "view_order"] as const;
  const id = await memberWith(office, "packer", []);
  await shareStore(
    db,
    owner,
    { storeId, email: "packer@example.kz", permissions: [...rights] },
    access.clock(),
  );
  const packer = await findActiveUser(db, id);
  if (!packer) throw new Error("the packer is gone");
  const { period } = scope;
  expect((await totalsOf(db, packer, { storeId, period })).orders).toBeGreaterThan(0);
  expect(await productTotals(db, packer, scope)).toMatchObject({ revenue: 0, cost: 0, profit: 0 });
  const wanted = {
    storeId,
    view: "all",
    now: new Date("2026-03-05"),
    limit: 9,
    offset: 0,
  } as const;
  expect((await stockLines(db, owner, wanted)).total).toBeGreaterThan(0);
  expect((await stockLines(db, packer, wanted)).total).toBe(0);
});

test("the orders behind a number are as many as it says, whatever it is parted by", async () => {
  const { timeZone } = await getWorkspace(db);
  const period = { from: "2025-06-01", to: "2025-06-30" };
  const behind = async (narrowed: object) => {
    const filter = orderFilterSchema.parse({ tab: "all", ...period, ...narrowed });
    return (await ordersPage(db, owner, { filter, timeZone, now: access.clock(), limit: 10_000 }))
      .rows.length;
  };
  const june = { ...scope, period };
  const whole = await totalsOf(db, owner, june);
  for (const outcome of ["cancelled", "returned"] as const)
    expect(await behind({ outcome })).toBe(whole[outcome]);
  expect(await behind({ outcome: "sold" })).toBe(whole.orders);
  for (const by of ["payment", "delivery", "city"] as const)
    for (const { key, orders: count } of await totalsBy(db, owner, by, june))
      expect([by, key, await behind({ outcome: "sold", [by]: key || UNSTATED })]).toEqual([
        by,
        key,
        count,
      ]);
  const wanted = {
    view: "all",
    sort: "revenue",
    search: undefined,
    limit: 100,
    offset: 0,
  } as const;
  for (const { line, orders: count } of (await productsSold(db, owner, { ...june, ...wanted }))
    .rows)
    expect([line, await behind({ outcome: "sold", line })]).toEqual([line, count]);
});

test("a store that was taken away is in no figures", async () => {
  await db.update(stores).set({ archivedAt: new Date() }).where(eq(stores.id, storeId));
  expect(await totalsOf(db, owner, scope)).toMatchObject({ orders: 0, revenue: 0 });
  expect(await productTotals(db, owner, scope)).toMatchObject({ revenue: 0 });
  await db.update(stores).set({ archivedAt: null }).where(eq(stores.id, storeId));
});
