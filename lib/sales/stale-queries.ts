import { and, asc, between, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { productCosts } from "@/lib/db/schema/costs";
import { stores } from "@/lib/db/schema/kaspi";
import { orderEntries, orders } from "@/lib/db/schema/orders";
import { salesStaleProducts, salesStaleDays as stale } from "@/lib/db/schema/sales";
import { workspace } from "@/lib/db/schema/workspace";
import type { Scope } from "./figures-queries";

export type StoreDay = { storeId: string; day: string };

/** So many can be summed at once, each by somebody else. */
const AT_ONCE = 8;

/**
 * Takes a day whose sums are old, the newest first, but those set aside; null: none is left that nobody else is
 * at. What is noted of it from now on stays, and the day is summed again. Tariffs and the zone do not change as
 * long as the transaction lasts: who changes them waits, and notes all that was summed by then.
 */
export async function takeStaleDay(tx: Tx, aside: readonly StoreDay[]): Promise<StoreDay | null> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('sales'), hashtext('sums'))`);
  const left = sql`(${stale.storeId}, ${stale.day}) not in (
    select "storeId", day from json_to_recordset(${JSON.stringify(aside)}::json)
      as aside("storeId" uuid, day date))`;
  const days = await tx
    .selectDistinct({ storeId: stale.storeId, day: stale.day })
    .from(stale)
    .where(left)
    .orderBy(desc(stale.day), asc(stale.storeId))
    .limit(AT_ONCE);
  for (const one of days) if (await takeDay(tx, one)) return one;
  return null;
}

/** False: somebody else sums it, or has just done so. */
async function takeDay(tx: Tx, { storeId, day }: StoreDay): Promise<boolean> {
  const [lock] = await tx.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('sales'), hashtext(${`${storeId} ${day}`})) as taken`,
  );
  if (!lock?.taken) return false;
  const gone = await tx
    .delete(stale)
    .where(and(eq(stale.storeId, storeId), eq(stale.day, day)))
    .returning({ id: stale.id });
  return gone.length > 0;
}

/**
 * Notes the days on which products were sold whose costs were said anew: those since then, or all where nobody had
 * said a cost before. Answers how many notes of products it took away.
 */
export async function spreadCosts(tx: Tx, limit: number): Promise<number> {
  const taken = await tx
    .select()
    .from(salesStaleProducts)
    .orderBy(asc(salesStaleProducts.id))
    .limit(limit)
    .for("update", { skipLocked: true });
  if (taken.length === 0) return 0;
  const said = JSON.stringify(taken.map(({ productId, since }) => ({ productId, since })));
  await tx.execute(sql`select mark_sales_days((
    select jsonb_agg(distinct jsonb_build_object('store_id', o.store_id,
        'day', (o.ordered_at at time zone w.time_zone)::date))
      from json_to_recordset(${said}::json) as said("productId" uuid, since timestamptz)
      join ${orderEntries} e on e.product_id = said."productId"
      join ${orders} o on o.id = e.order_id
      cross join ${workspace} w
      where o.ordered_at >= said.since or not exists (select from ${productCosts} c
        where c.product_id = said."productId" and c.cost is not null and c.set_at < said.since)))`);
  const ids = taken.map(({ id }) => id);
  await tx.delete(salesStaleProducts).where(inArray(salesStaleProducts.id, ids));
  return taken.length;
}

/** How many days of these figures are still to be summed. */
export async function countStaleDays(
  tx: Tx,
  caller: Caller,
  { storeId, period }: Scope,
): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(distinct (${stale.storeId}, ${stale.day}))::int` })
    .from(stale)
    .innerJoin(stores, eq(stores.id, stale.storeId))
    .where(
      and(
        between(stale.day, period.from, period.to),
        mayRead(caller, "view_order"),
        isNull(stores.archivedAt),
        storeId === undefined ? undefined : eq(stale.storeId, storeId),
      ),
    );
  return row?.count ?? 0;
}
