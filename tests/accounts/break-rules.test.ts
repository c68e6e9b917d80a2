import { expect, test } from "vitest";
import { nextBreak, type Setback } from "@/lib/accounts/break-rules";
import type { LoginBreak } from "@/lib/accounts/model";
import { later, MINUTE, SECOND } from "@/lib/core/time";

/** One flood after another, each as soon as the break before is over. */
function breaks(setback: Setback, count: number): number[] {
  let now = new Date("2026-03-02T12:00:00Z");
  let last: LoginBreak | null = null;
  return Array.from({ length: count }, () => {
    last = nextBreak(last, setback, now);
    const lasts = last.until.getTime() - now.getTime();
    now = later(last.until, 1);
    return lasts / SECOND;
  });
}

const flood = { by: "flood", askedMs: MINUTE } as const;

test("what we try by ourselves is tried less and less often", () => {
  expect(breaks(flood, 7)).toEqual([75, 240, 480, 960, 1_920, 3_600, 3_600]);
});

test("a person waits as long as Kaspi asks, however often anybody has tried", () => {
  expect(breaks({ ...flood, isPersons: true }, 7)).toEqual(Array(7).fill(75));
});

test("a person's try ends no longer break before its time", () => {
  const now = new Date("2026-03-02T12:00:00Z");
  const running: LoginBreak = { by: "flood", until: later(now, 30 * MINUTE), times: 4 };
  expect(nextBreak(running, { ...flood, isPersons: true }, now)).toEqual(running);
});
