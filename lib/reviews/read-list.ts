import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { requireReviews } from "./access";
import { firstDay } from "./analysis-rules";
import { REVIEWS_PAGE, type Review } from "./list-model";
import { countReviews, listReviews, type ReviewsOf } from "./list-queries";
import type { ReviewsChoice, ReviewsQuery } from "./model";
import { reviewDay } from "./review-day";

/** The first day of what is chosen; null: from the beginning. */
export const sinceOf = ({ days }: Pick<ReviewsChoice, "days">, now: Date): string | null =>
  days === undefined ? null : firstDay(reviewDay(now), days);

/** A page of reviews as the address narrows them: a page after the last one is the last. */
export async function reviewsPage(
  tx: Tx,
  of: ReviewsOf,
  query: ReviewsQuery,
  now: Date,
): Promise<{ rows: Review[]; total: number; page: number }> {
  const { page: asked, ...choice } = query;
  const chosen = { of, choice, since: sinceOf(choice, now) };
  const total = await countReviews(tx, chosen);
  const page = Math.min(asked, Math.max(1, Math.ceil(total / REVIEWS_PAGE)));
  const place = { limit: REVIEWS_PAGE, offset: (page - 1) * REVIEWS_PAGE };
  return { rows: total === 0 ? [] : await listReviews(tx, chosen, place), total, page };
}

/** The reviews about the caller's shops. Throws `forbidden`. */
export function ownReviews(tx: Tx, caller: Caller, query: ReviewsQuery, now: Date) {
  requireReviews(caller);
  return reviewsPage(tx, { caller }, query, now);
}
