import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import {
  type CheckOutcome,
  cadenceOf,
  decisionExpiresAt,
  nextCheckAt,
} from "@/lib/repricing/check/cadence-rules";
import { noon } from "../../support/pricing";

const ago = (milliseconds: number) => later(noon, -milliseconds);

function minutesToNext(over: Partial<CheckOutcome>): number {
  const outcome = { now: noon, intervalMinutes: 5, failures: 0, rivals: 3, placeChangedAt: null };
  return (nextCheckAt({ ...outcome, ...over }).getTime() - noon.getTime()) / MINUTE;
}

test.each<[string, Partial<CheckOutcome>, number]>([
  ["contested: the interval", { placeChangedAt: ago(HOUR - 1) }, 5],
  ["an hour after the place changed it is stable: twice that", { placeChangedAt: ago(HOUR) }, 10],
  ["a place that never changed is stable", {}, 10],
  ["alone: six times", { rivals: 0 }, 30],
  ["alone since a moment ago is still contested", { rivals: 0, placeChangedAt: noon }, 5],
  ["the interval is the rule's", { intervalMinutes: 60 }, 120],
  ["one failure doubles it", { failures: 1 }, 10],
  ["two double it again", { failures: 2 }, 20],
  ["a failure is no reason to hurry while contested", { failures: 1, placeChangedAt: noon }, 10],
  ["it never backs off further than an hour", { failures: 100 }, 60],
  ["unless the interval itself is longer", { failures: 3, intervalMinutes: 120 }, 120],
  ["an interval of nothing is a minute", { intervalMinutes: 0 }, 2],
])("%s", (_, over, minutes) => {
  expect(minutesToNext(over)).toBe(minutes);
});

test.each<[string, Partial<CheckOutcome>]>([
  ["failing", { failures: 2, placeChangedAt: noon }],
  ["contested", { rivals: 0, placeChangedAt: ago(1) }],
  ["stable", {}],
  ["alone", { rivals: 0 }],
  ["idle", { rivals: null }],
])("a product says why it is looked at when it is: %s", (why, over) => {
  const outcome = { now: noon, intervalMinutes: 5, failures: 0, rivals: 3, placeChangedAt: null };
  const cadence = cadenceOf({ ...outcome, ...over });
  expect(cadence.why).toBe(why);
  expect(later(noon, cadence.everyMs)).toEqual(nextCheckAt({ ...outcome, ...over }));
});

test("every check moves the next one forward, by a minute at least and six days at most", () => {
  fc.assert(
    fc.property(
      fc.record({
        intervalMinutes: fc.integer({ min: -5, max: 1440 }),
        failures: fc.nat(),
        rivals: fc.nat(60),
        placeChangedAt: fc.option(fc.date({ noInvalidDate: true })),
      }),
      (over) => {
        expect(minutesToNext(over)).toBeGreaterThanOrEqual(1);
        expect(minutesToNext(over)).toBeLessThanOrEqual(6 * 1440);
      },
    ),
    { numRuns: 20_000 },
  );
});

test("a queue worked off in order reaches every product, however often some of them fail", () => {
  const queue = Array.from({ length: 50 }, (_, product) => ({ product, at: noon, failures: 0 }));
  const checks = new Map<number, number>();
  let now = noon;
  for (let check = 0; check < 5_000; check++, now = later(now, 1_000)) {
    queue.sort((a, b) => a.at.getTime() - b.at.getTime());
    const [due] = queue;
    if (!due || due.at > now) continue;
    checks.set(due.product, (checks.get(due.product) ?? 0) + 1);
    due.failures = due.product < 40 ? due.failures + 1 : 0;
    due.at = nextCheckAt({
      now,
      intervalMinutes: 5,
      failures: due.failures,
      rivals: 3,
      placeChangedAt: now,
    });
  }
  expect(checks.size).toBe(50);
  for (let product = 40; product < 50; product++)
    expect(checks.get(product)).toBeGreaterThanOrEqual(16);
});

test("a bot's decision lives two intervals", () => {
  expect(decisionExpiresAt(noon, 5)).toEqual(later(noon, 10 * MINUTE));
});
