import { and, asc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { placeSnapshots } from "@/lib/db/schema/overview";
import { productCities, products } from "@/lib/db/schema/products";
import { inMainCity } from "@/lib/products/queries";
import { isWatched } from "@/lib/products/watch-queries";
import { ofStores } from "./goods-queries";
import { type DayShare, KEEP_SNAPSHOTS_MS } from "./model";

/**
 * Counts the first places of every open store for the hour of `now`, in one statement. The hour's first
 * count stands: repeated or crashed, nothing changes. Returns how many stores were counted.
 */
export async function takePlaceSnapshots(tx: Tx, now: Date): Promise<number> {
  const hour = sql<Date>`date_trunc('hour', ${now.toISOString()}::timestamptz)`;
  const counted = tx
    .select({
      storeId: products.storeId,
      hour: hour.as("hour"),
      ranked: sql<number>`count(*)::int`.as("ranked"),
      first: sql<number>`(count(*) filter (where ${productCities.place} = 1))::int`.as("first"),
    })
    .from(products)
    .innerJoin(stores, eq(stores.id, products.storeId))
    .innerJoin(productCities, inMainCity)
    .where(and(isWatched, isNull(stores.archivedAt), sql`${productCities.place} is not null`))
    .groupBy(products.storeId);
  const saved = await tx
    .insert(placeSnapshots)
    .select(counted)
    .onConflictDoNothing()
    .returning({ storeId: placeSnapshots.storeId });
  return saved.length;
}

export async function forgetPlaceSnapshots(tx: Tx, now: Date): Promise<void> {
  await tx.delete(placeSnapshots).where(lt(placeSnapshots.hour, later(now, -KEEP_SNAPSHOTS_MS)));
}

/** First places of the last days, hours added up; days are those of the zone as it is set now. */
export async function sharesByDay(
  tx: Tx,
  caller: Caller,
  storeId: string | undefined,
  { now, timeZone, days }: { now: Date; timeZone: string; days: number },
): Promise<DayShare[]> {
  const day = sql<string>`to_char(${placeSnapshots.hour} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  return tx
    .select({
      day,
      ranked: sql<number>`sum(${placeSnapshots.ranked})::int`,
      first: sql<number>`sum(${placeSnapshots.first})::int`,
    })
    .from(placeSnapshots)
    .innerJoin(stores, eq(stores.id, placeSnapshots.storeId))
    .where(and(gte(placeSnapshots.hour, later(now, -days * DAY)), ofStores(caller, storeId)))
    .groupBy(sql`1`)
    .orderBy(asc(sql`1`));
}
