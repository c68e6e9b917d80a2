import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { products } from "@/lib/db/schema/products";
import { salesDays, salesProductDays } from "@/lib/db/schema/sales";
import { workspace } from "@/lib/db/schema/workspace";
import type { CountedLine, CountedOrder, DaySum, LineSum } from "./sum-rules";

type StoreDay = { storeId: string; day: string };

const zone = sql`(select ${workspace.timeZone} from ${workspace})`;
/** From the beginning of a day in UTC; no zone begins its own more than 14 hours before it, or 12 after. */
const hoursFrom = (day: string, hours: number) =>
  sql`(${day}::date::timestamp at time zone 'UTC' + ${hours}::integer * interval '1 hour')`;

/** A store's orders of a day of the workspace's zone, with their lines in Kaspi's order. */
export async function ordersOfDay(
  tx: Tx,
  { storeId, day }: StoreDay,
): Promise<(CountedOrder & { id: string })[]> {
  const rows = await tx
    .select({
      id: orders.id,
      status: orders.status,
      orderedAt: orders.orderedAt,
      totalPrice: orders.totalPrice,
      cityId: orders.cityId,
      cityName: orders.cityName,
      paymentMode: orders.paymentMode,
      deliveryMode: orders.deliveryMode,
      isKaspiDelivery: orders.isKaspiDelivery,
      express: orders.express,
      sellerDeliveryCost: orders.sellerDeliveryCost,
      handedOverAt: orders.handedOverAt,
      line: {
        sku: orderEntries.sku,
        name: orderEntries.name,
        productId: orderEntries.productId,
        category: sql<
          string | null
        >`coalesce(${orderEntries.categoryCode}, ${products.category}, ${orderEntries.categoryTitle})`,
        quantity: sql<number>`coalesce(${orderEntries.amount}, ${orderEntries.quantity})`.mapWith(
          Number,
        ),
        amount: orderEntries.amount,
        totalPrice: orderEntries.totalPrice,
      },
    })
    .from(orders)
    .leftJoin(orderEntries, eq(orderEntries.orderId, orders.id))
    .leftJoin(products, eq(products.id, orderEntries.productId))
    .where(
      and(
        eq(orders.storeId, storeId),
        sql`${orders.orderedAt} >= ${hoursFrom(day, -14)} and ${orders.orderedAt} < ${hoursFrom(day, 36)}
          and (${orders.orderedAt} at time zone ${zone})::date = ${day}::date`,
      ),
    )
    .orderBy(asc(orders.id), asc(orderEntries.nth));
  const found = new Map<string, CountedOrder & { id: string; lines: CountedLine[] }>();
  for (const { line, ...order } of rows) {
    const known = found.get(order.id) ?? { ...order, lines: [] };
    found.set(order.id, known);
    if (line?.name != null) known.lines.push(line as CountedLine);
  }
  return [...found.values()];
}

/** Puts these sums in the place of what a day had. */
export async function replaceDay(
  tx: Tx,
  { storeId, day }: StoreDay,
  { sums, lines }: { sums: readonly DaySum[]; lines: readonly LineSum[] },
): Promise<void> {
  const ofDay = <Table extends typeof salesDays | typeof salesProductDays>(table: Table) =>
    and(eq(table.storeId, storeId), eq(table.day, day));
  await tx.delete(salesDays).where(ofDay(salesDays));
  await tx.delete(salesProductDays).where(ofDay(salesProductDays));
  if (sums.length > 0)
    await tx.execute(sql`insert into ${salesDays}
      select * from jsonb_populate_recordset(null::sales_days, ${rowsOf({ storeId, day }, sums)}::text::jsonb)`);
  if (lines.length > 0)
    await tx.execute(sql`insert into ${salesProductDays}
      select * from jsonb_populate_recordset(null::sales_product_days, ${rowsOf({ storeId, day }, lines)}::text::jsonb)`);
}

/** In one parameter: a day has thousands of values. */
const rowsOf = (key: StoreDay, rows: readonly object[]): string =>
  JSON.stringify(rows.map((row) => inColumns({ ...key, ...row })));

const inColumns = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
