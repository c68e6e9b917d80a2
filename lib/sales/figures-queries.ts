import { and, asc, between, desc, eq, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { salesDays, type salesProductDays } from "@/lib/db/schema/sales";
import type { Period, SalesDimension, Totals } from "./model";

/** What figures are about: all stores the caller may see, or one of them, in a period. */
export type Scope = { storeId: string | undefined; period: Period };
/** The same with what goods cost: for those who may see that on a product as well. */
export type CostScope = Scope & { withCosts: true };

type Table = typeof salesDays | typeof salesProductDays;
const inScope = (table: Table, caller: Caller, { storeId, period }: Scope) =>
  and(
    between(table.day, period.from, period.to),
    mayRead(caller, "view_order"),
    isNull(stores.archivedAt),
    storeId === undefined ? undefined : eq(table.storeId, storeId),
  );

const total = (column: PgColumn) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);

const totals = {
  orders: total(salesDays.orders),
  revenue: total(salesDays.revenue),
  completed: total(salesDays.completed),
  completedSum: total(salesDays.completedSum),
  cancelled: total(salesDays.cancelled),
  cancelledSum: total(salesDays.cancelledSum),
  returned: total(salesDays.returned),
  returnedSum: total(salesDays.returnedSum),
  lineless: total(salesDays.lineless),
  linelessSum: total(salesDays.linelessSum),
};

export async function totalsOf(tx: Tx, caller: Caller, scope: Scope): Promise<Totals> {
  const [row] = await tx
    .select(totals)
    .from(salesDays)
    .innerJoin(stores, eq(stores.id, salesDays.storeId))
    .where(inScope(salesDays, caller, scope));
  if (!row) throw new Error("a sum returned nothing");
  return row;
}

/** By day, those without an order left out. */
export function totalsByDay(
  tx: Tx,
  caller: Caller,
  scope: Scope,
): Promise<(Totals & { day: string })[]> {
  return tx
    .select({ day: salesDays.day, ...totals })
    .from(salesDays)
    .innerJoin(stores, eq(stores.id, salesDays.storeId))
    .where(inScope(salesDays, caller, scope))
    .groupBy(salesDays.day)
    .orderBy(asc(salesDays.day));
}

/** `key`: what an order is found by; empty: Kaspi does not say. */
export type Part = Totals & { key: string; name: string };

const ordersParts = {
  store: { key: sql<string>`${stores.id}::text`, name: sql<string>`max(${stores.name})` },
  city: { key: sql<string>`${salesDays.city}`, name: sql<string>`max(${salesDays.cityName})` },
  payment: { key: sql<string>`${salesDays.payment}`, name: sql<string>`max(${salesDays.payment})` },
  delivery: {
    key: sql<string>`${salesDays.delivery}`,
    name: sql<string>`max(${salesDays.delivery})`,
  },
} satisfies Partial<Record<SalesDimension, object>>;
export type OrdersDimension = keyof typeof ordersParts;

/** Orders by store, city, payment or delivery, the largest revenue first. */
export function totalsBy(
  tx: Tx,
  caller: Caller,
  dimension: OrdersDimension,
  scope: Scope,
): Promise<Part[]> {
  const by = ordersParts[dimension];
  return tx
    .select({ ...by, ...totals })
    .from(salesDays)
    .innerJoin(stores, eq(stores.id, salesDays.storeId))
    .where(inScope(salesDays, caller, scope))
    .groupBy(by.key)
    .orderBy(desc(totals.revenue), asc(by.key));
}
