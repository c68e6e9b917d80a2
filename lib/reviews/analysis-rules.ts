import { DAY } from "@/lib/core/time";
import { type PeriodDays, periodDays, type Stars, type Tally } from "./list-model";

const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The first of so many days, the last of which is `today`. Calendar days, so summer time moves none. */
export const firstDay = (today: string, days: number): string => iso(ms(today) - (days - 1) * DAY);

const sum = (tallies: readonly Tally[]) => tallies.reduce((total, { count }) => total + count, 0);

/**
 * Reviews since a day; those without one are in no stretch. Kaspi's days are those of Kazakhstan, where it may
 * be tomorrow already; a day further ahead is none.
 */
function since(tallies: readonly Tally[], from: string, today: string): Tally[] {
  const tomorrow = iso(ms(today) + DAY);
  return tallies.filter(({ day }) => day !== null && day >= from && day <= tomorrow);
}

export type Period = {
  days: PeriodDays;
  reviews: number;
  /** Reviews times how many sales stand behind each: a guess. */
  sales: number;
  /** Whether all reviews of these days are read. */
  isComplete: boolean;
};

type Read = {
  /** The day of now in the zone of the workspace. */
  today: string;
  salesPerReview: number;
  /** Whether all reviews there are have been read. */
  isWhole: boolean;
};

/** The four periods. Of a list that was not read to its end the newest part is known. */
export function periodsOf(
  tallies: readonly Tally[],
  { today, salesPerReview, isWhole }: Read,
): Period[] {
  const oldest = tallies.reduce<string | null>(
    (least, { day }) => (day !== null && (least === null || day < least) ? day : least),
    null,
  );
  return periodDays.map((days) => {
    const from = firstDay(today, days);
    const reviews = sum(since(tallies, from, today));
    const isComplete = isWhole || (oldest !== null && oldest < from);
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
  reviews: number;
  average: number | null;
  /** Of one and two stars. */
  low: number;
};

/** So many months up to that of today, the oldest first; one without reviews is there, with none. */
export function monthsOf(tallies: readonly Tally[], today: string, months: number): Month[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: months }, (_, nth) => {
    const at = new Date(Date.UTC(year, month - 1 - (months - 1 - nth), 1));
    const name = at.toISOString().slice(0, 7);
    const those = since(tallies, `${name}-01`, today).filter(({ day }) => day?.startsWith(name));
    const stars = starsOf(those);
    return {
      month: name,
      reviews: sum(those),
      average: averageOf(stars),
      low: stars[0] + stars[1],
    };
  });
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
