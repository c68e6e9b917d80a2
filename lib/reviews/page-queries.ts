import { and, count, eq, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { reviews } from "@/lib/db/schema/reviews";
import type { ReadReview } from "@/lib/kaspi/review-wire";
import { firstDay } from "./analysis-rules";
import { LOW_STARS } from "./list-model";
import { reviewDay } from "./review-day";
import type { ReviewSource } from "./source-queries";

export type WalkedBefore = {
  known: number;
  repeated: number;
  fresh: ReadReview[];
  /** Low ones that were not when they were met before. */
  soured: ReadReview[];
};

type Page = { source: ReviewSource; walk: number; page: number; reviews: readonly ReadReview[] };

/** Which of a page's reviews were met before, and when. Wants the list locked. */
export async function metBefore(
  tx: Tx,
  { source, walk, page, reviews: read }: Page,
): Promise<WalkedBefore> {
  const ids = read.map(({ id }) => id);
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({
            id: reviews.id,
            walk: reviews.walk,
            lastWalk: reviews.lastWalk,
            lastPage: reviews.lastPage,
            rating: reviews.rating,
          })
          .from(reviews)
          .where(and(eq(reviews.sourceId, source.id), inArray(reviews.id, ids)));
  const met = new Map(rows.map(({ id, rating }) => [id, rating]));
  return {
    known: rows.filter((row) => row.walk <= source.settledWalk).length,
    repeated: rows.filter((row) => row.lastWalk === walk && row.lastPage < page).length,
    fresh: read.filter(({ id }) => !met.has(id)),
    soured: read.filter(
      ({ id, rating }) =>
        rating !== null && rating <= LOW_STARS && (met.get(id) ?? LOW_STARS) > LOW_STARS,
    ),
  };
}

/** Keeps a page; the same page again changes nothing. Returns how many the walk has met so far. */
export async function keepPage(
  tx: Tx,
  { source, walk, page, reviews: read }: Page,
  now: Date,
): Promise<number> {
  const rows = read.map((one) => ({
    sourceId: source.id,
    id: one.id,
    cardId: source.kind === "card" ? source.code : (one.card?.id ?? null),
    cardName: one.card?.name ?? null,
    merchantId: source.kind === "shop" ? source.code : (one.seller?.id ?? null),
    merchantName: one.seller?.name ?? null,
    author: one.author,
    reviewedOn: one.day,
    oddDay: one.oddDay,
    rating: one.rating,
    text: one.text,
    plus: one.plus,
    minus: one.minus,
    pictures: one.pictures,
    firstSeenAt: now,
    walk,
    lastWalk: walk,
    lastPage: page,
  }));
  const said = (column: string) => sql.raw(`excluded.${column}`);
  // Who sold it and what it is does not change: where Kaspi leaves it out, it was said before.
  const kept = (column: string) => sql.raw(`coalesce(excluded.${column}, reviews.${column})`);
  if (rows.length > 0)
    await tx
      .insert(reviews)
      .values(rows)
      .onConflictDoUpdate({
        target: [reviews.sourceId, reviews.id],
        set: {
          cardId: kept("card_id"),
          cardName: kept("card_name"),
          merchantId: kept("merchant_id"),
          merchantName: kept("merchant_name"),
          reviewedOn: said("reviewed_on"),
          oddDay: said("odd_day"),
          rating: said("rating"),
          text: said("text"),
          plus: said("plus"),
          minus: said("minus"),
          pictures: said("pictures"),
          lastWalk: walk,
          lastPage: sql`case when ${reviews.lastWalk} = ${walk}
            then least(${reviews.lastPage}, ${page}) else ${page} end`,
        },
      });
  const [met] = await tx
    .select({ count: count() })
    .from(reviews)
    .where(and(eq(reviews.sourceId, source.id), eq(reviews.lastWalk, walk)));
  return met?.count ?? 0;
}

/** A shop shows those of a year; a few days less, as its day ends before ours. */
const SHOWN_DAYS = 360;

/** What Kaspi still shows of the list: of a shop's reviews those of a year. */
function shown({ id, kind }: ReviewSource, now: Date) {
  const since = firstDay(reviewDay(now), SHOWN_DAYS);
  const isShown = or(isNull(reviews.reviewedOn), gte(reviews.reviewedOn, since));
  return and(eq(reviews.sourceId, id), kind === "shop" ? isShown : undefined);
}

/** How many reviews are kept of those that Kaspi may still show. */
export async function countStored(tx: Tx, source: ReviewSource, now: Date): Promise<number> {
  return tx.$count(reviews, shown(source, now));
}

/** Forgets what a walk over the whole list has not met: Kaspi has it no more. */
export async function dropUnmet(
  tx: Tx,
  source: ReviewSource,
  walk: number,
  now: Date,
): Promise<void> {
  await tx.delete(reviews).where(and(shown(source, now), lt(reviews.lastWalk, walk)));
}

/** How many reviews a walk has met first, and of those, how many whose day is none. */
export async function countFresh(
  tx: Tx,
  sourceId: string,
  walk: number,
): Promise<{ fresh: number; oddDays: number }> {
  const [counted] = await tx
    .select({
      fresh: count(),
      oddDays: sql<number>`(count(*) filter (where ${reviews.reviewedOn} is null))::int`,
    })
    .from(reviews)
    .where(and(eq(reviews.sourceId, sourceId), eq(reviews.walk, walk)));
  return counted ?? { fresh: 0, oddDays: 0 };
}

/** The stores whose shop it is: whoever sees them hears of it. */
export async function storesOfShop(tx: Tx, merchantId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: stores.id })
    .from(stores)
    .where(
      and(
        eq(stores.merchantId, merchantId),
        sql`${stores.claimedAt} is not null`,
        isNull(stores.archivedAt),
      ),
    );
  return rows.map(({ id }) => id);
}
