import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { reviews } from "@/lib/db/schema/reviews";
import type { ReadReview } from "@/lib/kaspi/review-wire";
import type { ReviewSource } from "./source-queries";

export type WalkedBefore = { known: number; repeated: number; fresh: ReadReview[] };

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
          })
          .from(reviews)
          .where(and(eq(reviews.sourceId, source.id), inArray(reviews.id, ids)));
  const met = new Set(rows.map(({ id }) => id));
  return {
    known: rows.filter((row) => row.walk <= source.settledWalk).length,
    repeated: rows.filter((row) => row.lastWalk === walk && row.lastPage < page).length,
    fresh: read.filter(({ id }) => !met.has(id)),
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
  if (rows.length > 0)
    await tx
      .insert(reviews)
      .values(rows)
      .onConflictDoUpdate({
        target: [reviews.sourceId, reviews.id],
        set: {
          cardName: said("card_name"),
          merchantName: said("merchant_name"),
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
