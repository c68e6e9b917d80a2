import { AppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import { type ReviewPage, type ReviewsOf, readReviewPage } from "@/lib/kaspi/reviews";
import type { KaspiAccess } from "./access";
import { assertAllowed } from "./channels";
import { throughExits } from "./through-exits";

/** Whose reviews, which page of them, and for which store; nobody's where a person asks about any card. */
export type ReviewQuestion = { storeId: string | null; of: ReviewsOf; page: number };

/**
 * Reads a page of reviews as `throughExits` does. Throws `unavailable` (`reviews_unread`) when nobody can
 * tell now, `official_only` for a store that allows no shop window.
 */
export async function readReviews(
  access: KaspiAccess,
  { storeId, ...question }: ReviewQuestion,
  signal?: AbortSignal,
): Promise<ReviewPage> {
  const looked = await throughExits(
    access,
    {
      endpoint: "reviews",
      ask: async (storefront, exitId) => {
        await assertAllowed(access, { name: "market", of: exitId, forStore: storeId });
        return readReviewPage(storefront, question);
      },
    },
    signal,
  );
  if (looked.kind === "unseen")
    throw new AppError("unavailable", "reviews_unread", {
      retryAfterMs: MINUTE,
      params: { why: looked.why },
    });
  return looked.answer;
}
