import { and, eq, isNull, sql } from "drizzle-orm";
import { keptLately } from "@/lib/core/kept-lately";
import { HOUR, later, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { exits } from "@/lib/db/schema/exits";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { isWatched } from "@/lib/products/watch-queries";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import type { ReadingFacts } from "./rules";

const lately = keptLately<ReadingFacts>("reading", { ms: 30 * SECOND, most: 1 });

/** At most half a minute old: it goes through all products of everybody, and every open overview asks. */
export const readingLately = (tx: Tx, now: Date): Promise<ReadingFacts> =>
  lately.get("everybody", now, () => readingFacts(tx, now));

/**
 * How many reads of markets the rules of the installation ask for, and how many its addresses can do: they
 * are shared by all stores, whoever looks. A product's city is asked for as `cadence-rules.ts` would.
 */
export async function readingFacts(tx: Tx, now: Date): Promise<ReadingFacts> {
  const minutes = sql`greatest(1, coalesce((${productCities.rule} ->> 'intervalMinutes')::numeric,
    (${products.rule} ->> 'intervalMinutes')::numeric,
    (${stores.rule} ->> 'intervalMinutes')::numeric, ${defaultRule.intervalMinutes}))`;
  const pace = sql`case when ${productCities.placeChangedAt} > ${later(now, -HOUR).toISOString()}::timestamptz
    then 1 when coalesce(${productCities.rivalsCount}, 0) = 0 then 6 else 2 end`;
  const [asked] = await tx
    .select({
      markets: sql<number>`count(*)::int`,
      perMinute: sql<number>`coalesce(sum(1 / (${minutes} * ${pace})), 0)::float8`,
    })
    .from(productCities)
    .innerJoin(products, eq(products.id, productCities.productId))
    .innerJoin(stores, eq(stores.id, productCities.storeId))
    .where(and(productCities.isPriced, isWatched, isAtWork, isNull(stores.archivedAt)));
  const [able] = await tx
    .select({ perSecond: sql<number>`coalesce(sum(${exits.readsPerSecond}), 0)::float8` })
    .from(exits)
    .where(and(eq(exits.isActive, true), isNull(exits.deadSince)));
  return {
    markets: asked?.markets ?? 0,
    askedPerMinute: asked?.perMinute ?? 0,
    ablePerMinute: (able?.perSecond ?? 0) * 60,
  };
}
