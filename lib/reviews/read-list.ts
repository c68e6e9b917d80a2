import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { wallClock } from "@/lib/i18n/dates";
import { getWorkspace } from "@/lib/workspace/queries";
import { requireReviews } from "./access";
import { firstDay } from "./analysis-rules";
import { REVIEWS_PAGE, type Review } from "./list-model";
import { countReviews, listReviews, type ReviewsOf } from "./list-queries";
import type { ReviewsChoice, ReviewsQuery } from "./model";

/** The first day of what is chosen; null: from the beginning. */
export async function sinceOf(
  tx: Tx,
  { days }: Pick<ReviewsChoice, "days">,
  now: Date,
): Promise<string | null> {
  if (days === undefined) return null;
  const { timeZone } = await getWorkspace(tx);
  return firstDay(wallClock(now, timeZone).slice(0, 10), days);
}

/** A page of reviews as the address narrows them: a page after the last one is the last. */
export async function reviewsPage(
  tx: Tx,
  of: ReviewsOf,
  query: ReviewsQuery,
  now: Date,
): Promise<{ rows: Review[]; total: number; page: number }> {
  const { page: asked, ...choice } = query;
  const chosen = { of, choice, since: await sinceOf(tx, choice, now) };
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
