import { keepTo, type Pace } from "@/lib/auth/pace-queries";
import { AppError } from "@/lib/core/errors";
import { DAY, SECOND } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";

/** So many pages of one person's questions a day: each is a moment in which no market is read. */
export const PAGES_A_DAY = 2_000;

const pages: Pace = { everyMs: DAY / PAGES_A_DAY, burst: PAGES_A_DAY };

/** One question in ten seconds of one person, and as many at once as they have waited for. */
const questions: Pace = { everyMs: 10 * SECOND, burst: 30 };

/** Counts a question of a person, and its first page. Throws `rate_limited`. */
export async function takeQuestion(db: Db, userId: string, now: Date): Promise<void> {
  const tooSoonMs = await keepTo(db, `reviews ${userId}`, questions, now);
  if (tooSoonMs > 0)
    throw new AppError("rate_limited", "too_many_cards_asked", { retryAfterMs: tooSoonMs });
  const retryAfterMs = await keepTo(db, pagesOf(userId), pages, now);
  if (retryAfterMs > 0)
    throw new AppError("rate_limited", "too_many_review_pages", { retryAfterMs });
}

/** Counts one more page of a person's question. Throws `conflict`: it is not waited for, the day is long. */
export async function takePage(db: Db, userId: string, now: Date): Promise<void> {
  if ((await keepTo(db, pagesOf(userId), pages, now)) > 0)
    throw new AppError("conflict", "review_pages_spent");
}

const pagesOf = (userId: string) => `review pages ${userId}`;
