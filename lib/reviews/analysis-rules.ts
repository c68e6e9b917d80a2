import { DAY } from "@/lib/core/time";
import { type PeriodDays, periodDays, type Stars, type Tally } from "./list-model";

const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The first of so many days, the last of which is `today`. Calendar days, so summer time moves none. */
export const firstDay = (today: string, days: number): string => iso(ms(today) - (days - 1) * DAY);

const sum = (tallies: readonly Tally[]) => tallies.reduce((total, { count }) => total + count, 0);

/** Reviews since a day; those without one are in no stretch, nor are those of a day that has not come. */
function since(tallies: readonly Tally[], from: string, today: string): Tally[] {
  return tallies.filter(({ day }) => day !== null && day >= from && day <= today);
}

/** What was read longer ago lacks the newest. */
const FRESH_MS = 2 * DAY;

type LastRead = { lastReadAt: Date | null; walks: number; settledWalk: number };

/** Whether a list is read up to now: lately, and without a walk that has left something out. */
export const isFreshlyRead = ({ lastReadAt, walks, settledWalk }: LastRead, now: Date): boolean =>
  lastReadAt !== null && now.getTime() - lastReadAt.getTime() < FRESH_MS && walks === settledWalk;

/** Which days have been read: back from the newest, as far as the walks have gone. */
export type Coverage = {
  /** The day of now at Kaspi. */
  today: string;
  /** Whether all reviews there are have been read. */
  isWhole: boolean;
  isFresh: boolean;
  /** The day of the last reading; null: none has come to its end. */
  readOn: string | null;
};

const oldestOf = (tallies: readonly Tally[]) =>
  tallies.reduce<string | null>(
    (least, { day }) => (day !== null && (least === null || day < least) ? day : least),
    null,
  );

export type Period = {
  days: PeriodDays;
  reviews: number;
  /** Reviews times how many sales stand behind each: a guess. */
  sales: number;
  /** Whether all reviews of these days are read. */
  isComplete: boolean;
};

/**
 * The four periods. Of a list that was not read to its end the newest part is known, of one that was not read
 * lately the older part.
 */
export function periodsOf(
  tallies: readonly Tally[],
  { today, isWhole, isFresh }: Coverage,
  salesPerReview: number,
): Period[] {
  const oldest = oldestOf(tallies);
  return periodDays.map((days) => {
    const from = firstDay(today, days);
    const reviews = sum(since(tallies, from, today));
    const isComplete = isFresh && (isWhole || (oldest !== null && oldest < from));
    return { days, reviews, sales: reviews * salesPerReview, isComplete };
  });
}

/** How many of each star, one star first; reviews without stars are in none. */
export function starsOf(tallies: readonly Tally[]): Stars {
  const rated = (stars: number) => sum(tallies.filter(({ rating }) => rating === stars));
  return [rated(1), rated(2), rated(3), rated(4), rated(5)];
}

/** The mean of the stars, in hundredths rounded to nearest; null while nobody has given any. */
export function averageOf(stars: Stars): number | null {
  const count = stars.reduce((total, one) => total + one, 0);
  if (count === 0) return null;
  const total = stars.reduce((all, one, nth) => all + one * (nth + 1), 0);
  return Math.round((100 * total) / count) / 100;
}

export type Month = {
  /** `2026-11`. */
  month: string;
  /** Null: nothing of it has been read. */
  reviews: number | null;
  average: number | null;
  /** Of one and two stars. */
  low: number | null;
  /** Whether all reviews of the month are read, so far as it has come. */
  isComplete: boolean;
};

/** So many months up to that of today, the oldest first; one that was read and has no reviews has none. */
export function monthsOf(tallies: readonly Tally[], coverage: Coverage, months: number): Month[] {
  const { today } = coverage;
  const [year = 0, month = 1] = today.split("-").map(Number);
  const oldest = oldestOf(tallies);
  return Array.from({ length: months }, (_, nth) => {
    const at = new Date(Date.UTC(year, month - 1 - (months - 1 - nth), 1));
    const name = at.toISOString().slice(0, 7);
    const those = since(tallies, `${name}-01`, today).filter(({ day }) => day?.startsWith(name));
    const reviews = sum(those);
    const { isRead, isComplete } = coveredMonth(name, { ...coverage, oldest });
    if (!isRead && reviews === 0)
      return { month: name, reviews: null, average: null, low: null, isComplete: false };
    const stars = starsOf(those);
    return {
      month: name,
      reviews,
      average: averageOf(stars),
      low: stars[0] + stars[1],
      isComplete,
    };
  });
}

/** Whether anything of a month was read, and whether all of it. Days compare as they are written. */
function coveredMonth(
  month: string,
  { isWhole, isFresh, readOn, oldest }: Coverage & { oldest: string | null },
): { isRead: boolean; isComplete: boolean } {
  const [from, end] = [`${month}-01`, `${month}-31`];
  const reachesInto = isWhole || (oldest !== null && oldest <= end);
  const reachesBehind = isWhole || (oldest !== null && oldest < from);
  const isRead = reachesInto && (isFresh || (readOn !== null && readOn >= from));
  const isPast = isFresh || (readOn !== null && readOn > end);
  return { isRead, isComplete: isRead && reachesBehind && isPast };
}

export type Seller = {
  /** Null: Kaspi does not say who sold it. */
  sellerId: string | null;
  reviews: number;
  /** Of all reviews, tenths of a percent rounded to nearest. */
  share: number;
  /** In the last thirty days. */
  lately: number;
};

/** Who the reviews are about, the most first; those of nobody known come last. */
export function sellersOf(tallies: readonly Tally[], today: string): Seller[] {
  const all = sum(tallies);
  const from = firstDay(today, 30);
  const bySeller = new Map<string | null, Tally[]>();
  for (const tally of tallies)
    bySeller.set(tally.sellerId, [...(bySeller.get(tally.sellerId) ?? []), tally]);
  const sellers = [...bySeller].map(([sellerId, those]) => ({
    sellerId,
    reviews: sum(those),
    share: all === 0 ? 0 : Math.round((1_000 * sum(those)) / all) / 10,
    lately: sum(since(those, from, today)),
  }));
  const known = (one: Seller) => (one.sellerId === null ? 1 : 0);
  return sellers.sort(
    (a, b) =>
      known(a) - known(b) ||
      b.reviews - a.reviews ||
      ((a.sellerId ?? "") < (b.sellerId ?? "") ? -1 : 1),
  );
}
