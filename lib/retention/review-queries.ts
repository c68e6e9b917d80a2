import { and, eq, inArray, isNotNull, lt, notExists, or, sql } from "drizzle-orm";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources, reviewWatches } from "@/lib/db/schema/reviews";
import type { Forget } from "./queries";

/** A list goes with its reviews, up to 50,000 rows of it. */
const LISTS_AT_ONCE = 5;

/** Lists of reviews that nobody watches any more and that no store of ours is the shop of. */
export const forgetReviewLists: Forget = async (tx, before, limit) => {
  const { id, code, kind, createdAt, lastReadAt } = reviewSources;
  const watched = tx
    .select({ one: sql`1` })
    .from(reviewWatches)
    .where(and(eq(reviewWatches.sourceId, id), eq(reviewWatches.isWatched, true)));
  const ofStore = tx
    .select({ one: sql`1` })
    .from(stores)
    .where(and(eq(stores.merchantId, code), isNotNull(stores.claimedAt)));
  const isOld = and(
    lt(createdAt, before),
    sql`coalesce(${lastReadAt} < ${before.toISOString()}, true)`,
  );
  const old = tx
    .select({ id })
    .from(reviewSources)
    .where(
      and(
        isOld,
        or(and(eq(kind, "card"), notExists(watched)), and(eq(kind, "shop"), notExists(ofStore))),
      ),
    )
    .limit(Math.min(limit, LISTS_AT_ONCE));
  const gone = await tx.delete(reviewSources).where(inArray(id, old)).returning({ id });
  return gone.length;
};
