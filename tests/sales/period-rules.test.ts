import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comparedOf,
  daysIn,
  periodBefore,
  periodOf,
  plusDays,
  stepBegin,
  stepOf,
  stepsIn,
} from "@/lib/sales/period-rules";

const TODAY = "2026-03-05";
const asked = (range: string | undefined, from?: string, to?: string) =>
  periodOf({ range: range as "7" | undefined, from, to }, TODAY);

describe("the period that is meant", () => {
  test.each([
    [undefined, "2026-02-04", TODAY],
    ["today", TODAY, TODAY],
    ["yesterday", "2026-03-04", "2026-03-04"],
    ["7", "2026-02-27", TODAY],
    ["month", "2026-03-01", TODAY],
  ])("by %s is %s to %s", (range, from, to) => {
    expect(asked(range)).toEqual({ from, to });
  });

  test("is turned round where it ends before it begins, and cut where it is too long", () => {
    expect(asked(undefined, "2026-02-02", "2026-01-01")).toEqual({
      from: "2026-01-01",
      to: "2026-02-02",
    });
    expect(daysIn(asked(undefined, "2015-01-01", "2026-01-01"))).toBe(1_100);
  });
});

describe("the period before", () => {
  test.each([
    [{ from: "2026-03-02", to: "2026-03-05" }, "2026-02-26", "2026-03-01"],
    [{ from: "2026-03-01", to: "2026-03-05" }, "2026-02-01", "2026-02-05"],
    [{ from: "2026-03-01", to: "2026-03-31" }, "2026-02-01", "2026-02-28"],
    [{ from: "2024-02-29", to: "2024-02-29" }, "2024-02-28", "2024-02-28"],
  ])("of %o is %s to %s", (period, from, to) => {
    expect(periodBefore(period)).toEqual({ from, to });
  });
});

describe("what may be compared", () => {
  test("leaves the day under way out, on both sides", () => {
    expect(comparedOf({ from: "2026-02-27", to: TODAY }, TODAY)).toEqual({
      now: { from: "2026-02-27", to: "2026-03-04" },
      before: { from: "2026-02-21", to: "2026-02-26" },
    });
  });

  test("is a period that is over as it is", () => {
    const over = { from: "2026-01-01", to: "2026-01-31" };
    expect(comparedOf(over, TODAY)?.now).toEqual(over);
  });

  test("is nothing of a single day under way", () => {
    expect(comparedOf({ from: TODAY, to: TODAY }, TODAY)).toBeNull();
  });
});

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => plusDays("2000-01-01", days));
const period = fc
  .tuple(day, fc.integer({ min: 0, max: 1_099 }))
  .map(([from, length]) => ({ from, to: plusDays(from, length) }));

test("every day of a period is in one of its steps, in order, and none is outside", () => {
  fc.assert(
    fc.property(period, (one) => {
      const step = stepOf(one);
      const steps = stepsIn(one, step);
      expect([...steps].sort()).toEqual(steps);
      expect(new Set(steps).size).toBe(steps.length);
      expect(steps.length).toBeLessThanOrEqual(100);
      for (let nth = 0; nth < daysIn(one); nth += 1)
        expect(steps).toContain(stepBegin(plusDays(one.from, nth), step, one));
    }),
    { numRuns: 30 },
  );
});

test("weeks of two periods of one length are of the same days, one by one", () => {
  fc.assert(
    fc.property(period, (one) => {
      const before = periodBefore(one);
      if (daysIn(before) !== daysIn(one)) return;
      const weeks = stepsIn(one, "week");
      const shift = daysIn({ from: before.from, to: one.from }) - 1;
      expect(stepsIn(before, "week")).toEqual(weeks.map((week) => plusDays(week, -shift)));
    }),
    { numRuns: 50 },
  );
});
