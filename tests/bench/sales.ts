import { profitAddress, salesAddress, stockAddress } from "@/lib/sales/address";
import { loadProfit } from "@/lib/sales/load-profit";
import { loadSales } from "@/lib/sales/load-sales";
import { loadStock } from "@/lib/sales/load-stock";
import { sumStaleDays } from "@/lib/sales/sum-days";
import type { Bench, Figure } from "./figure";
import { connectStore, type Office, openOffice, syncStore } from "./office";

const ORDERS = 1_000_000;
const DAYS = 365;
const LOOKS = 100;

/** A million orders of a year, a line and a half each: summed, and looked at. */
export const bench: Bench = async () => {
  const office = await openOffice();
  const { storeId } = await connectStore(office, "demo");
  await syncStore(office, storeId);
  await sell(office, storeId, ORDERS);
  const { db } = office.access;
  const began = performance.now();
  while ((await sumStaleDays(db, { most: 100 })).tried === 100);
  const summed = performance.now() - began;
  await office.database.sql`vacuum analyze`;
  const again = await oneDay(office);
  return [
    {
      what: `sums of ${ORDERS} orders in ${DAYS} days, all anew`,
      value: summed / 1_000,
      unit: "s",
    },
    { what: "one of those days, after an order of it has changed", value: again, unit: "ms" },
    await looked(office, "page of sales, 30 days", (now) =>
      loadSales(db, office.owner, salesAddress.parse({}), now),
    ),
    await looked(office, "page of sales, a year by product", (now) =>
      loadSales(db, office.owner, salesAddress.parse({ range: "365" }), now),
    ),
    await looked(office, "page of profit, 30 days", (now) =>
      loadProfit(db, office.owner, profitAddress.parse({}), now),
    ),
    await looked(office, "page of profit, a year", (now) =>
      loadProfit(db, office.owner, profitAddress.parse({ range: "365" }), now),
    ),
    await looked(office, "page of stock", (now) =>
      loadStock(db, office.owner, stockAddress.parse({ view: "all" }), now),
    ),
  ];
};

/** So many orders of a year and their lines, straight into the database. */
export async function sell(
  { database: { sql }, access }: Office,
  storeId: string,
  count: number,
): Promise<void> {
  const now = access.clock().toISOString();
  await sql`insert into orders (store_id, code, state, status, tab, ordered_at, total_price, delivery_mode,
      is_kaspi_delivery, express, payment_mode, seller_delivery_cost, city_id, city_name, pre_order,
      signature_required, source, read_at, changed_at, has_entries)
    select ${storeId}::uuid, (100000000 + n)::text, 'ARCHIVE',
      case when n % 8 = 0 then 'CANCELLED' when n % 25 = 0 then 'RETURNED' else 'COMPLETED' end, 'archive',
      ${now}::timestamptz - n * interval '31 seconds', 5000 + n % 100 * 300, 'DELIVERY_LOCAL', true,
      n % 9 = 0, (array['PREPAID', 'PAY_WITH_CREDIT'])[1 + n % 2], 990,
      (array['750000000', '710000000', '511010000'])[1 + n % 3],
      (array['Алматы', 'Астана', 'Шымкент'])[1 + n % 3], false, false, 'shop_api', now(), now(), true
    from generate_series(1, ${count}) n`;
  await sql`insert into order_entries (order_id, store_id, nth, sku, name, product_id, quantity, unit_price,
      total_price)
    select o.id, o.store_id, line, p.sku, p.name, p.id, 1, o.total_price, o.total_price
    from orders o cross join generate_series(0, 1) line
      join (select *, row_number() over (order by sku) as nth from products) p
        on p.nth = 1 + (o.code::integer * 7 + line) % (select count(*) from products)
    where line = 0 or o.code::integer % 2 = 0`;
  await sql`insert into product_costs (product_id, cost, packaging, other, returns, delivery, set_at, source)
    select id, price * 6 / 10, 50, 0, 20, 'city', '2020-01-01'::timestamptz, 'page' from products
    where price is not null`;
  await sql`insert into tariffs (kind, valid_from, value, set_at)
    select kind, '2020-01-01', '{"rate": 500}', now() from unnest(array['commission', 'kaspi_pay', 'tax']) kind`;
  await sql`vacuum analyze`;
}

async function oneDay({ database: { sql }, access: { db } }: Office): Promise<number> {
  await sql`update orders set changed_at = now() where code = '100100000'`;
  const began = performance.now();
  await sumStaleDays(db, { most: 1 });
  return performance.now() - began;
}

async function looked(
  { access }: Office,
  what: string,
  look: (now: Date) => Promise<unknown>,
): Promise<Figure> {
  const took: number[] = [];
  for (let nth = 0; nth < LOOKS; nth += 1) {
    const began = performance.now();
    await look(access.clock());
    took.push(performance.now() - began);
  }
  took.sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(LOOKS - 1, Math.floor(LOOKS * share))] ?? 0;
  return {
    what: `${what}, p99`,
    value: at(0.99),
    unit: "ms",
    note: `median ${at(0.5).toFixed(0)}`,
  };
}
