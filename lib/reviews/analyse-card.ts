import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { merchantNames } from "@/lib/rivals/name-queries";
import { knownMerchants } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { requireReviews } from "./access";
import { countRead, sellerNames, talliesOf } from "./analysis-queries";
import {
  averageOf,
  isFreshlyRead,
  type Month,
  monthsOf,
  type Period,
  periodsOf,
  type Seller,
  sellersOf,
  starsOf,
} from "./analysis-rules";
import { isStars, type Stars } from "./list-model";
import { reviewDay } from "./review-day";
import { findCardSource, type ReviewSource } from "./source-queries";
import { ownCard } from "./watch-queries";

export type NamedSeller = Seller & { name: string | null; isOwn: boolean };

export type CardAnalysis = {
  cardId: string;
  /** Null where neither Kaspi nor the caller's goods say what it is. */
  name: string | null;
  source: ReviewSource;
  /** Kaspi's own mean; ours of what was read where it gives none. */
  rating: number | null;
  /** How many there are, as Kaspi says; what was read where it does not. */
  total: number;
  read: number;
  /** Whether it is read up to now; else what came since is not in it. */
  isFresh: boolean;
  oddDays: number;
  salesPerReview: number;
  stars: Stars;
  periods: Period[];
  months: Month[];
  sellers: NamedSeller[];
};

const MONTHS = 12;

/** What the reviews of a card come to; null for one that nobody has asked about. Throws `forbidden`. */
export async function analyseCard(
  tx: Tx,
  caller: Caller,
  cardId: string,
  now: Date,
): Promise<CardAnalysis | null> {
  requireReviews(caller);
  const source = await findCardSource(tx, cardId);
  if (!source) return null;
  const [{ salesPerReview }, tallies, { read, oddDays }, said, own, ours] = await Promise.all([
    getWorkspace(tx),
    talliesOf(tx, source.id),
    countRead(tx, source.id),
    sellerNames(tx, source.id),
    ownCard(tx, caller, cardId),
    knownMerchants(tx, caller),
  ]);
  const today = reviewDay(now);
  const { isWhole, lastReadAt } = source;
  const isFresh = isFreshlyRead(source, now);
  const coverage = { today, isWhole, isFresh, readOn: lastReadAt && reviewDay(lastReadAt) };
  const sellers = sellersOf(tallies, today);
  const unnamed = sellers.flatMap(({ sellerId: id }) => (id && !said.has(id) ? [id] : []));
  const met = await merchantNames(tx, unnamed);
  const counted =
    isStars(source.stars) && source.stars.some((each) => each > 0) ? source.stars : null;
  const stars = counted ?? starsOf(tallies);
  return {
    cardId,
    name: source.name ?? own?.name ?? null,
    source,
    rating: source.rating ?? averageOf(stars),
    total: source.total ?? read,
    read,
    isFresh,
    oddDays,
    salesPerReview,
    stars,
    periods: periodsOf(tallies, coverage, salesPerReview),
    months: monthsOf(tallies, coverage, MONTHS),
    sellers: sellers.map((one) => ({
      ...one,
      name: one.sellerId && (said.get(one.sellerId) ?? met.get(one.sellerId) ?? one.sellerId),
      isOwn: one.sellerId !== null && ours.has(one.sellerId),
    })),
  };
}
