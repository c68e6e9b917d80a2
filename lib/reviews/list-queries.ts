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
  lt,
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
/** A page by its number, or what comes after a review: a list that grows meanwhile moves no row into another page. */
type Place = { limit: number } & ({ offset: number } | { after: ReviewPlace | null });

/** Where a review stands in the list. */
export type ReviewPlace = { sourceId: string; id: string; day: string | null };

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
export async function listReviews(tx: Tx, chosen: Chosen, place: Place): Promise<Review[]> {
  return (await placedReviews(tx, chosen, place)).map(({ review }) => review);
}

/** The same, each with where it stands. */
export async function placedReviews(
  tx: Tx,
  chosen: Chosen,
  place: Place,
): Promise<{ review: Review; place: ReviewPlace }[]> {
  const after = "after" in place && place.after ? comesAfter(place.after) : undefined;
  const rows = await tx
    .select(columns)
    .from(reviews)
    .innerJoin(reviewSources, eq(reviewSources.id, reviews.sourceId))
    .leftJoin(stores, ofHolder)
    .where(and(isMeant(chosen), after))
    .orderBy(sql`${reviews.reviewedOn} desc nulls last`, asc(reviews.sourceId), asc(reviews.id))
    .limit(place.limit)
    .offset("offset" in place ? place.offset : 0);
  return rows.map(({ sourceId, id, ...review }) => ({
    review: { ...review, key: `${sourceId}:${id}` },
    place: { sourceId, id, day: review.day },
  }));
}

function comesAfter({ day, sourceId, id }: ReviewPlace): SQL | undefined {
  const { reviewedOn } = reviews;
  const isBehind = sql`(${reviews.sourceId}, ${reviews.id}) > (${sourceId}::uuid, ${id})`;
  if (day === null) return and(isNull(reviewedOn), isBehind);
  return or(lt(reviewedOn, day), isNull(reviewedOn), and(eq(reviewedOn, day), isBehind));
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

/**
 * The cards that have reviews in the caller's shops, with the most first: a list of choices. Counted by their
 * index alone; what they are called is looked up for those few.
 */
export async function reviewedCards(
  tx: Tx,
  caller: Caller,
  store: string | undefined,
  most: number,
): Promise<{ cardId: string; name: string | null; count: number }[]> {
  const counted = await tx
    .select({
      cardId: reviews.cardId,
      sourceId: sql<string>`min(${reviews.sourceId}::text)`,
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
  const names = await cardNames(tx, counted);
  return counted.flatMap(({ cardId, count }) =>
    cardId === null ? [] : [{ cardId, count, name: names.get(cardId) ?? null }],
  );
}

type CardIn = { cardId: string | null; sourceId: string };

/** What the cards are called in their newest reviews. */
async function cardNames(tx: Tx, cards: readonly CardIn[]): Promise<Map<string, string>> {
  const rows = await tx.execute<{ cardId: string; name: string | null }>(sql`
    select asked."cardId", (
      select card_name from ${reviews} where source_id = asked."sourceId"
        and card_id = asked."cardId" and card_name is not null
      order by reviewed_on desc nulls last, id limit 1
    ) as name
    from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as asked("cardId" text, "sourceId" uuid)`);
  return new Map(rows.flatMap(({ cardId, name }) => (name ? [[cardId, name] as const] : [])));
}

function isMeant({ of, choice, since }: Chosen): SQL | undefined {
  const { stars, review, q } = choice;
  return and(
    "caller" in of ? ofShops(of.caller, choice) : eq(reviews.sourceId, of.cardSourceId),
    review ? eq(reviews.id, review) : undefined,
    stars ? ofStars(stars) : undefined,
    since ? gte(reviews.reviewedOn, since) : undefined,
    choice.with === "text" ? hasWords : undefined,
    choice.with === "pictures" ? gt(sql`jsonb_array_length(${reviews.pictures})`, 0) : undefined,
    q ? saysIt(q) : undefined,
  );
}

/** A store and a card are chosen among shops' reviews; those below a card are of no store. */
function ofShops(caller: Caller, { store, card }: ReviewsChoice): SQL | undefined {
  return and(
    eq(reviewSources.kind, "shop"),
    isNotNull(stores.id),
    mayRead(caller, "view_review"),
    store ? eq(stores.id, store) : undefined,
    card ? eq(reviews.cardId, card) : undefined,
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
