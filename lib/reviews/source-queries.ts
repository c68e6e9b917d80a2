import { and, asc, eq, exists, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources, reviewWatches } from "@/lib/db/schema/reviews";
import { isAtWork } from "@/lib/exits/at-work-queries";
import type { ReviewSummary } from "@/lib/kaspi/reviews";

export type ReviewSource = typeof reviewSources.$inferSelect;

/** A shop's list is one call when nothing is new; a card of somebody else's is looked at daily. */
const EVERY_MS = { shop: HOUR, card: DAY };
/** What was asked for is not asked for again so soon, whatever became of it. */
const LEASE_MS = 30 * MINUTE;
const FIRST_RETRY_MS = 15 * MINUTE;

/** The list by its code, made when there is none yet. */
export async function sourceOf(
  tx: Tx,
  kind: ReviewSource["kind"],
  code: string,
): Promise<ReviewSource> {
  await tx.insert(reviewSources).values({ kind, code }).onConflictDoNothing();
  const [source] = await tx
    .select()
    .from(reviewSources)
    .where(and(eq(reviewSources.kind, kind), eq(reviewSources.code, code)));
  if (!source) throw new Error("insert into review_sources returned nothing");
  return source;
}

export async function findCardSource(tx: Tx, cardId: string): Promise<ReviewSource | null> {
  const isIt = and(eq(reviewSources.kind, "card"), eq(reviewSources.code, cardId));
  const [source] = await tx.select().from(reviewSources).where(isIt);
  return source ?? null;
}

export async function sourceById(tx: Tx, id: string): Promise<ReviewSource | null> {
  const [source] = await tx.select().from(reviewSources).where(eq(reviewSources.id, id));
  return source ?? null;
}

/** The list, locked until the transaction ends; null when it was forgotten meanwhile. */
export async function lockSource(tx: Tx, id: string): Promise<ReviewSource | null> {
  const [source] = await tx
    .select()
    .from(reviewSources)
    .where(eq(reviewSources.id, id))
    .for("no key update");
  return source ?? null;
}

/** Counts one more walk over the list. Null when it was forgotten meanwhile. */
export async function countWalk(tx: Tx, id: string): Promise<ReviewSource | null> {
  const [source] = await tx
    .update(reviewSources)
    .set({ walks: sql`${reviewSources.walks} + 1` })
    .where(eq(reviewSources.id, id))
    .returning();
  return source ?? null;
}

/** What Kaspi says of the list as a whole; what it does not say stays. */
export async function noteSummary(
  tx: Tx,
  id: string,
  { name, summary }: { name: string | null; summary: ReviewSummary | null },
): Promise<void> {
  if (!name && !summary) return;
  await tx
    .update(reviewSources)
    .set({
      ...(name && { name }),
      ...(summary && {
        rating: summary.rating,
        total: summary.total,
        stars: [...summary.stars],
      }),
    })
    .where(eq(reviewSources.id, id));
}

/** A walk has come to its end; said twice it counts once. */
export async function settleWalk(
  tx: Tx,
  { id, walk, isWhole }: { id: string; walk: number; isWhole: boolean },
  now: Date,
): Promise<void> {
  const [source] = await tx
    .update(reviewSources)
    .set({ settledWalk: walk, isWhole, lastReadAt: now, failures: 0, errorKey: null })
    .where(eq(reviewSources.id, id))
    .returning({ kind: reviewSources.kind });
  if (source) await readNext(tx, id, later(now, EVERY_MS[source.kind]));
}

/** It cannot be read just now; the next walk that comes to its end takes this back. */
export async function noteTrouble(tx: Tx, id: string, errorKey: string): Promise<void> {
  await tx.update(reviewSources).set({ errorKey }).where(eq(reviewSources.id, id));
}

/** A walk has failed for good: the next one is due later each time. */
export async function failWalk(tx: Tx, id: string, errorKey: string, now: Date): Promise<void> {
  const [source] = await tx
    .update(reviewSources)
    .set({ failures: sql`${reviewSources.failures} + 1`, errorKey })
    .where(eq(reviewSources.id, id))
    .returning({ failures: reviewSources.failures });
  if (!source) return;
  const waitMs = FIRST_RETRY_MS * 2 ** Math.min(source.failures - 1, 10);
  await readNext(tx, id, later(now, Math.min(waitMs, DAY)));
}

async function readNext(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(reviewSources).set({ nextReadAt: at }).where(eq(reviewSources.id, id));
}

/** Shops whose reviews are read by themselves: those of stores at work that had a session of their own. */
const hasShop = and(isNull(stores.archivedAt), isNotNull(stores.claimedAt), isAtWork);

/** Every store at work has a list. */
export async function addShops(tx: Tx): Promise<void> {
  const shops = tx
    .selectDistinct({ kind: sql`'shop'`.as("kind"), code: stores.merchantId })
    .from(stores)
    .where(hasShop);
  await tx.execute(sql`insert into ${reviewSources} (kind, code) ${shops} on conflict do nothing`);
}

export type DueSource = { sourceId: string; storeId: string | null };

/** Lists that are due, the longest waiting first; nobody else is given them for a while. */
export async function takeDue(tx: Tx, most: number, now: Date): Promise<DueSource[]> {
  const storeId = tx
    .select({ id: stores.id })
    .from(stores)
    .where(and(eq(stores.merchantId, reviewSources.code), hasShop))
    .limit(1);
  const watched = tx
    .select({ one: sql`1` })
    .from(reviewWatches)
    .where(eq(reviewWatches.sourceId, reviewSources.id));
  const due = await tx
    .select({
      sourceId: reviewSources.id,
      storeId: sql<string | null>`case when ${reviewSources.kind} = 'shop' then ${storeId} end`,
    })
    .from(reviewSources)
    .where(
      and(
        or(isNull(reviewSources.nextReadAt), lte(reviewSources.nextReadAt, now)),
        or(
          and(eq(reviewSources.kind, "shop"), exists(storeId)),
          and(eq(reviewSources.kind, "card"), exists(watched)),
        ),
      ),
    )
    .orderBy(sql`${asc(reviewSources.nextReadAt)} nulls first`, asc(reviewSources.id))
    .limit(most)
    .for("no key update", { skipLocked: true });
  for (const { sourceId } of due) await readNext(tx, sourceId, later(now, LEASE_MS));
  return due;
}
