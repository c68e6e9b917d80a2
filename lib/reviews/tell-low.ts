import type { Tx } from "@/lib/db/client";
import type { ReadReview } from "@/lib/kaspi/review-wire";
import type { Notice } from "@/lib/notices/model";
import { openNotice, raiseNotice } from "@/lib/notices/queries";
import { firstDay } from "./analysis-rules";
import { LOW_STARS } from "./list-model";
import { storesOfShop } from "./page-queries";
import { reviewDay } from "./review-day";

/** What is older was news before the store was looked after, or while it stood still. */
const NEWS_DAYS = 7;

const isLow = ({ rating }: Pick<ReadReview, "rating">): boolean =>
  rating !== null && rating <= LOW_STARS;

/** Whether a review has just been written: of the last days, or of one that Kaspi names otherwise. */
const isNews = ({ day, oddDay }: ReadReview, now: Date): boolean =>
  day === null ? oddDay !== null : day >= firstDay(reviewDay(now), NEWS_DAYS);

type News = {
  code: string;
  fresh: readonly ReadReview[];
  /** Written before, and low only now. */
  soured: readonly ReadReview[];
};

/** Buyers are unhappy with a shop of ours: its people hear how many since they were last told, once. */
export async function tellOfLow(tx: Tx, { code, fresh, soured }: News, now: Date): Promise<void> {
  const low = [...fresh.filter((one) => isLow(one) && isNews(one, now)), ...soured];
  const newest = low.reduce<ReadReview | null>(newer, null);
  if (!newest) return;
  for (const storeId of await storesOfShop(tx, code)) {
    const open = await openNotice(tx, "low_review", storeId);
    const count = Number(open?.count ?? 0) + low.length;
    await raiseNotice(tx, {
      ...{ kind: "low_review", about: storeId, severity: "warning", storeId },
      params: { count, of: storeId, ...newestOf(open, newest) },
      renewedAt: now,
    });
  }
}

/** Of one day the one that Kaspi names first. */
const newer = (one: ReadReview | null, other: ReadReview): ReadReview =>
  one === null || (other.day ?? "") > (one.day ?? "") ? other : one;

/** A page further down the list brings older ones than were told of already. */
function newestOf(open: Notice["params"] | null, { id, day }: ReadReview) {
  const told = String(open?.day ?? "");
  if (open?.review && told > (day ?? "")) return { review: open.review, day: told };
  return { review: id, day: day ?? "" };
}
