import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  averageOf,
  firstDay,
  isFreshlyRead,
  monthsOf,
  periodsOf,
  sellersOf,
  starsOf,
} from "@/lib/reviews/analysis-rules";
import type { Tally } from "@/lib/reviews/list-model";

const today = "2026-11-20";
const tally = (day: string | null, more: Partial<Tally> = {}): Tally => ({
  ...{ day, rating: 5, sellerId: "1", count: 1 },
  ...more,
});
const read = { today, isWhole: true, isFresh: true, readOn: today };

const day = fc
  .integer({ min: 0, max: 800 })
  .map((ago) => new Date(Date.parse(`${today}T00:00:00Z`) - ago * 86_400_000))
  .map((at) => at.toISOString().slice(0, 10));
const tallies = fc.array(
  fc.record<Tally>({
    day: fc.option(day, { nil: null, freq: 5 }),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null, freq: 5 }),
    sellerId: fc.option(fc.constantFrom("1", "2", "Sulpak"), { nil: null, freq: 4 }),
    count: fc.integer({ min: 1, max: 50 }),
  }),
  { maxLength: 60 },
);
const total = (of: readonly Tally[]) => of.reduce((sum, { count }) => sum + count, 0);

describe("a period", () => {
  test("counts its first day and today, and nothing of a day that has not come", () => {
    expect(firstDay(today, 30)).toBe("2026-10-22");
    const edges = ["2026-10-21", "2026-10-22", today, "2026-11-21", "2026-11-22"].map((one) =>
      tally(one),
    );
    expect(periodsOf(edges, read, 8)[0]).toMatchObject({ days: 30, reviews: 2, sales: 16 });
  });

  test("over the end of a year and a leap day is so many calendar days", () => {
    expect(firstDay("2024-03-01", 30)).toBe("2024-02-01");
    expect(firstDay("2026-01-15", 30)).toBe("2025-12-17");
    expect(firstDay("2025-02-28", 365)).toBe("2024-03-01");
  });

  test("is whole when all were read, or when what was read reaches beyond it", () => {
    const some = [tally("2026-09-01"), tally(today)];
    const complete = (isWhole: boolean) =>
      periodsOf(some, { ...read, isWhole }, 8).map(({ isComplete }) => isComplete);
    expect(complete(true)).toEqual([true, true, true, true]);
    expect(complete(false)).toEqual([true, false, false, false]);
    expect(periodsOf([], { ...read, isWhole: false }, 8)[0]?.isComplete).toBe(false);
  });

  test("is whole only while the reading is of now", () => {
    const periods = periodsOf([tally("2025-01-01")], { ...read, isFresh: false }, 8);
    expect(periods.map(({ isComplete }) => isComplete)).toEqual([false, false, false, false]);
    const now = new Date("2026-11-20T10:00:00Z");
    const of = (more: object) =>
      isFreshlyRead({ lastReadAt: now, walks: 3, settledWalk: 3, ...more }, now);
    expect(of({})).toBe(true);
    expect(of({ lastReadAt: null })).toBe(false);
    expect(of({ lastReadAt: new Date(now.getTime() - 2 * 86_400_000) })).toBe(false);
    // A walk that has died may have left something out behind the newest.
    expect(of({ walks: 4 })).toBe(false);
  });

  test("holds what each shorter one holds, and as many sales behind each review as was said", () => {
    fc.assert(
      fc.property(tallies, fc.integer({ min: 1, max: 100 }), (given, salesPerReview) => {
        const periods = periodsOf(given, read, salesPerReview);
        const counts = periods.map(({ reviews }) => reviews);
        expect(counts).toEqual([...counts].sort((a, b) => a - b));
        for (const { days, reviews, sales } of periods) {
          expect(sales).toBe(reviews * salesPerReview);
          const since = Date.parse(today) - days * 86_400_000;
          const those = given.filter((one) => one.day && Date.parse(one.day) > since);
          expect(reviews).toBe(total(those));
        }
      }),
    );
  });
});

describe("stars", () => {
  test("are counted each, and a review without any in none", () => {
    const given = [tally(today, { rating: 1, count: 3 }), tally(null, { rating: null, count: 9 })];
    expect(starsOf([...given, tally(null, { rating: 5, count: 2 })])).toEqual([3, 0, 0, 0, 2]);
  });

  test("have a mean between the least and the most of them; without any there is none", () => {
    expect(averageOf([0, 0, 0, 0, 0])).toBeNull();
    expect(averageOf([1, 0, 0, 0, 2])).toBe(3.67);
    fc.assert(
      fc.property(tallies, (given) => {
        const stars = starsOf(given);
        const mean = averageOf(stars);
        const rated = given.flatMap(({ rating }) => rating ?? []);
        expect(stars.reduce((sum, count) => sum + count, 0)).toBe(
          total(given.filter(({ rating }) => rating !== null)),
        );
        expect(mean === null).toBe(rated.length === 0);
        expect(mean ?? 5).toBeGreaterThanOrEqual(Math.min(5, ...rated));
        expect(mean ?? 1).toBeLessThanOrEqual(Math.max(1, ...rated));
      }),
    );
  });
});

describe("months", () => {
  test("are all there, the oldest first, with none where nobody wrote", () => {
    const given = [
      tally("2026-11-20", { rating: 1, count: 2 }),
      tally("2026-11-30"),
      tally("2026-09-30", { rating: 4 }),
      tally("2025-11-30"),
      tally(null),
    ];
    expect(monthsOf(given, read, 4)).toEqual([
      { month: "2026-08", reviews: 0, average: null, low: 0, isComplete: true },
      { month: "2026-09", reviews: 1, average: 4, low: 0, isComplete: true },
      { month: "2026-10", reviews: 0, average: null, low: 0, isComplete: true },
      { month: "2026-11", reviews: 2, average: 1, low: 2, isComplete: true },
    ]);
  });

  const of = (given: Tally[], more: object) =>
    monthsOf(given, { ...read, ...more }, 4).map(({ reviews, isComplete }) => [
      reviews,
      isComplete,
    ]);

  test("that were not read are not months without reviews; the one where it ends is cut", () => {
    const given = [tally("2026-11-20"), tally("2026-09-15")];
    expect(of(given, { isWhole: false })).toEqual([
      [null, false],
      [1, false],
      [0, true],
      [1, true],
    ]);
    expect(of([], { isWhole: false })).toEqual(Array.from({ length: 4 }, () => [null, false]));
  });

  test("since the last reading are not read either", () => {
    const given = [tally("2026-09-15")];
    expect(of(given, { isFresh: false, readOn: "2026-10-05" })).toEqual([
      [0, true],
      [1, true],
      [0, false],
      [null, false],
    ]);
    const first = [tally("2026-11-15")];
    expect(of(first, { isWhole: false, isFresh: false, readOn: null })).toEqual([
      [null, false],
      [null, false],
      [null, false],
      [1, false],
    ]);
  });

  test("go over the end of a year, from the last day of a long month as well", () => {
    expect(monthsOf([], { ...read, today: "2026-03-31" }, 5).map(({ month }) => month)).toEqual([
      ...["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"],
    ]);
  });

  test("hold every review of their time once", () => {
    fc.assert(
      fc.property(tallies, (given) => {
        const months = monthsOf(given, read, 12);
        const since = `${months[0]?.month}-01`;
        const those = given.filter((one) => one.day !== null && one.day >= since);
        expect(months.reduce((sum, { reviews }) => sum + (reviews ?? 0), 0)).toBe(total(those));
        expect(months.every(({ low, reviews }) => (low ?? 9) <= (reviews ?? 0))).toBe(true);
      }),
    );
  });
});

describe("sellers", () => {
  test("come with their share, the most reviewed first and those of nobody known last", () => {
    const given = [
      tally(null, { sellerId: null, count: 6 }),
      tally(today, { sellerId: "Sulpak", count: 1 }),
      tally("2026-01-01", { sellerId: "17", count: 2 }),
      tally(today, { sellerId: "17", count: 1 }),
    ];
    expect(sellersOf(given, today)).toEqual([
      { sellerId: "17", reviews: 3, share: 30, lately: 1 },
      { sellerId: "Sulpak", reviews: 1, share: 10, lately: 1 },
      { sellerId: null, reviews: 6, share: 60, lately: 0 },
    ]);
  });

  test("have all the reviews together, and shares that make up the whole", () => {
    fc.assert(
      fc.property(tallies, (given) => {
        const sellers = sellersOf(given, today);
        expect(sellers.reduce((sum, { reviews }) => sum + reviews, 0)).toBe(total(given));
        const shares = sellers.reduce((sum, { share }) => sum + share, 0);
        expect(Math.abs(shares - (given.length > 0 ? 100 : 0))).toBeLessThan(0.3);
      }),
    );
  });
});
