import {
  and,
  asc,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { reviewSources, reviews } from "@/lib/db/schema/reviews";
import { LOW_STARS, type Review, type StarChoice } from "./list-model";
import type { ReviewsChoice } from "./model";

/** Which reviews: those about the caller's shops, or those below a card. */
export type ReviewsOf = { caller: Caller } | { cardSourceId: string };

type Chosen = { of: ReviewsOf; choice: ReviewsChoice; since: string | null };
type Place = { limit: number; offset: number };

const columns = {
  sourceId: reviews.sourceId,
  id: reviews.id,
  storeId: stores.id,
  storeName: stores.name,
  cardId: reviews.cardId,
  cardName: reviews.cardName,
  sellerId: reviews.merchantId,
  sellerName: reviews.merchantName,
  author: reviews.author,
  day: reviews.reviewedOn,
  oddDay: reviews.oddDay,
  rating: reviews.rating,
  text: reviews.text,
  plus: reviews.plus,
  minus: reviews.minus,
  pictures: reviews.pictures,
};

/** A shop's reviews belong to the one store that holds the shop. */
const ofHolder = and(
  eq(reviewSources.kind, "shop"),
  eq(stores.merchantId, reviewSources.code),
  isNotNull(stores.claimedAt),
  isNull(stores.archivedAt),
);

/** A page of reviews, the newest day first; those whose day is none come last. */
export async function listReviews(
  tx: Tx,
  chosen: Chosen,
  { limit, offset }: Place,
): Promise<Review[]> {
  const rows = await tx
    .select(columns)
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .leftJoin(stores, ofHolder)
    .where(isMeant(chosen))
    .orderBy(sql`${reviews.reviewedOn} desc nulls last`, asc(reviews.sourceId), asc(reviews.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ sourceId, id, ...review }) => ({ ...review, key: `${sourceId}:${id}` }));
}

export async function countReviews(tx: Tx, chosen: Chosen): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .leftJoin(stores, ofHolder)
    .where(isMeant(chosen));
  return row?.count ?? 0;
}

/** The cards that have reviews in the caller's shops, with the most first: a list of choices. */
export async function reviewedCards(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
  most: number,
): Promise<{ cardId: string; name: string | null; count: number }[]> {
  const rows = await tx
    .select({
      cardId: reviews.cardId,
      name: sql<string | null>`max(${reviews.cardName})`,
      count: sql<number>`count(*)::int`,
    })
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .innerJoin(stores, ofHolder)
    .where(
      and(
        mayRead(caller, "view_review"),
        isNotNull(reviews.cardId),
        store ? eq(stores.id, store) : undefined,
      ),
    )
    .groupBy(reviews.cardId)
    .orderBy(sql`count(*) desc`, asc(reviews.cardId))
    .limit(most);
  return rows.flatMap(({ cardId, ...row }) => (cardId === null ? [] : [{ cardId, ...row }]));
}

function isMeant({ of, choice, since }: Chosen): SQL | undefined {
  const { store, card, stars, review, q } = choice;
  const whose =
    "caller" in of
      ? and(eq(reviewSources.kind, "shop"), isNotNull(stores.id), mayRead(of.caller, "view_review"))
      : eq(reviews.sourceId, of.cardSourceId);
  return and(
    whose,
    store ? eq(stores.id, store) : undefined,
    card ? eq(reviews.cardId, card) : undefined,
    review ? eq(reviews.id, review) : undefined,
    stars ? ofStars(stars) : undefined,
    since ? gte(reviews.reviewedOn, since) : undefined,
    choice.with === "text" ? hasWords : undefined,
    choice.with === "pictures" ? gt(sql`jsonb_array_length(${reviews.pictures})`, 0) : undefined,
    q ? saysIt(q) : undefined,
  );
}

function ofStars(stars: StarChoice): SQL | undefined {
  if (stars === "low") return lte(reviews.rating, LOW_STARS);
  return stars === "none" ? isNull(reviews.rating) : eq(reviews.rating, Number(stars));
}

const words = [reviews.text, reviews.plus, reviews.minus];
const hasWords = or(...words.map((column) => isNotNull(column)));

function saysIt(q: string): SQL | undefined {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const places = [...words, reviews.author, reviews.cardName].map((column) => ilike(column, like));
  return or(...places, inArray(reviews.cardId, [q]));
}
