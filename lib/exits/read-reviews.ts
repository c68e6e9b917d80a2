import { AppError, isAppError } from "@/lib/core/errors";
import { MINUTE } from "@/lib/core/time";
import { type ReviewPage, type ReviewPageOf, readReviewPage } from "@/lib/kaspi/reviews";
import type { KaspiAccess } from "./access";
import { assertAllowed } from "./channels";
import { throughExits } from "./through-exits";

/** Whose reviews, which page of them, and for which store; nobody's where a person asks about any card. */
export type ReviewQuestion = { storeId: string | null } & ReviewPageOf;

/** A page, or what Kaspi says instead: that there is no such list, or that it may not be asked like that. */
export type ReviewsRead = ReviewPage | "unknown" | "refused";

/**
 * Reads a page of reviews as `throughExits` does; to a 404 and a 400 it is told no better by asking again. Throws `unavailable` (`reviews_unread`) when nobody can
 * tell now, `official_only` for a store that allows no shop window.
 */
export async function readReviews(
  access: KaspiAccess,
  { storeId, ...question }: ReviewQuestion,
  signal?: AbortSignal,
): Promise<ReviewsRead> {
  const looked = await throughExits(
    access,
    {
      endpoint: "reviews",
      ask: async (storefront, exitId) => {
        await assertAllowed(access, { name: "market", of: exitId, forStore: storeId });
        return readReviewPage(storefront, question).catch(instead);
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

function instead(error: unknown): "unknown" | "refused" {
  if (isAppError(error, "kaspi_not_found")) return "unknown";
  if (isAppError(error, "kaspi_rejected")) return "refused";
  throw error;
}
