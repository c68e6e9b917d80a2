import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moneyDomain, moneyTicks, scale, timeTicks } from "@/components/chart/axes";
import { DAY } from "@/lib/core/time";

const domain = fc
  .tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 2, max: 10_000_000 }))
  .map(([low, width]): [number, number] => [low, low + width]);

describe("amounts at the side", () => {
  test.each([
    [
      [890, 1110],
      [900, 950, 1000, 1050, 1100],
    ],
    [
      [0, 100_000],
      [0, 20_000, 40_000, 60_000, 80_000, 100_000],
    ],
    [
      [10, 12],
      [10, 11, 12],
    ],
  ] satisfies [[number, number], number[]][])("of %j are %j", (of, ticks) => {
    expect(moneyTicks(of, 5)).toEqual(ticks);
  });

  test("are whole, evenly apart, inside and few", () => {
    fc.assert(
      fc.property(domain, ([low, high]) => {
        const ticks = moneyTicks([low, high], 5);
        const steps = new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)));
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(steps.size).toBeLessThanOrEqual(1);
        expect(
          ticks.every((tick) => Number.isSafeInteger(tick) && tick >= low && tick <= high),
        ).toBe(true);
      }),
    );
  });
});

describe("moments below", () => {
  const at = (text: string) => Date.parse(text);
  const iso = (ticks: number[]) => ticks.map((tick) => new Date(tick).toISOString());

  test("stand at round hours of the workspace's zone", () => {
    const span = { from: at("2026-03-01T20:10:00Z"), to: at("2026-03-02T08:10:00Z") };
    expect(iso(timeTicks(span, 6, "Asia/Almaty"))).toEqual([
      "2026-03-02T01:00:00.000Z",
      "2026-03-02T07:00:00.000Z",
    ]);
    expect(iso(timeTicks(span, 6, "Asia/Kolkata"))).toEqual([
      "2026-03-02T00:30:00.000Z",
      "2026-03-02T06:30:00.000Z",
    ]);
  });

  test("of an hour are its halves", () => {
    const span = { from: at("2026-03-01T20:10:00Z"), to: at("2026-03-01T21:10:00Z") };
    expect(iso(timeTicks(span, 0.5, "Asia/Almaty"))).toEqual([
      "2026-03-01T20:30:00.000Z",
      "2026-03-01T21:00:00.000Z",
    ]);
  });

  test("of days are midnights, every so many", () => {
    const from = at("2026-03-01T20:10:00Z");
    expect(timeTicks({ from, to: from + 30 * DAY }, 120, "Asia/Almaty")).toHaveLength(6);
    expect(timeTicks({ from, to: from + 7 * DAY }, 24, "Asia/Almaty")).toHaveLength(7);
  });
});

describe("the domain", () => {
  test("shows all of what matters and is never flat", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 9_999_999 }), { minLength: 1 }), (main) => {
        const [low, high] = moneyDomain(main, []);
        expect(low).toBeLessThan(Math.min(...main));
        expect(high).toBeGreaterThan(Math.max(...main));
      }),
    );
  });

  test("takes in what stands near, and is not flattened by what is far", () => {
    const [low, high] = moneyDomain([1000, 1100], [900, 1200, 50_000]);
    expect([low < 900, high > 1200, high < 1300]).toEqual([true, true, true]);
  });
});

test("a scale runs from nought to a hundred, upside down if need be", () => {
  expect([scale(10, 20)(15), scale(20, 10)(12), scale(5, 5)(5)]).toEqual([50, 80, 0]);
});
