import type { ReviewsChoice } from "@/lib/reviews/model";

/** What a page of reviews shows, as the address of its file. */
export function addressOf({ store, card, stars, days, review, q, with: what }: ReviewsChoice) {
  return new URLSearchParams({
    ...(store && { store }),
    ...(card && { card }),
    ...(stars && { stars }),
    ...(days && { days: `${days}` }),
    ...(review && { review }),
    ...(what && { with: what }),
    ...(q && { q }),
  });
}
