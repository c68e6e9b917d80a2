import { and, desc, eq, inArray, lt, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { feedPulls, feeds } from "@/lib/db/schema/feeds";
import { priceLists } from "@/lib/db/schema/price-lists";
import type { Forget } from "./queries";

/** Who fetched a price list, and what they got. */
export const forgetPulls: Forget = async (tx, before, limit) => {
  const { id, at } = feedPulls;
  const old = tx.select({ id }).from(feedPulls).where(lt(at, before)).limit(limit);
  return (await tx.delete(feedPulls).where(inArray(id, old)).returning({ id })).length;
};

/** So many versions of a store stay, however old. */
const KEPT_VERSIONS = 50;
/** A version of a large shop is megabytes. */
const MOST_AT_ONCE = 20;

/** Versions of price lists but the newest of each store and the one that is served. */
export const forgetLists: Forget = async (tx, before, limit) => {
  const { id, storeId, number, madeAt } = priceLists;
  const newer = alias(priceLists, "newer");
  const oldestKept = tx
    .select({ number: newer.number })
    .from(newer)
    .where(eq(newer.storeId, storeId))
    .orderBy(desc(newer.number))
    .limit(1)
    .offset(KEPT_VERSIONS - 1);
  const served = tx.select({ one: sql`1` }).from(feeds).where(eq(feeds.listId, id));
  const old = tx
    .select({ id })
    .from(priceLists)
    .where(and(lt(madeAt, before), sql`${number} < (${oldestKept})`, notExists(served)))
    .limit(Math.min(limit, MOST_AT_ONCE));
  return (await tx.delete(priceLists).where(inArray(id, old)).returning({ id })).length;
};
