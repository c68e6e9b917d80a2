import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import {
  afterWindow,
  halvesOf,
  LONGEST_WINDOW,
  nextWindow,
  type Progress,
  type Window,
} from "@/lib/orders/window-rules";

const start = new Date("2026-03-01T00:00:00Z").getTime();
const at = (day: number) => new Date(start + Math.round(day * DAY));

const nothing = (now: Date, days: number): Progress => ({
  historyFrom: later(now, -days * DAY),
  readFrom: null,
  readTo: null,
  lateReadAt: null,
  lateFrom: null,
});

/** Reads until nothing is left, or until somebody kills it after so many windows. */
function readOn(progress: Progress, now: Date, most = 1_000) {
  const windows: Window[] = [];
  let known = progress;
  for (let window = nextWindow(known, now); window && windows.length < most; ) {
    windows.push(window);
    known = afterWindow(known, window, now);
    window = nextWindow(known, now);
  }
  return { windows, progress: known };
}

const ofKind = (windows: readonly Window[], kind: Window["kind"]) =>
  windows.filter((window) => window.kind === kind);

/** Every moment between the two is in a window, and none but the ends in two. */
function expectTiled(windows: readonly Window[], from: Date, until: Date) {
  const sorted = [...windows].sort((one, other) => one.from.getTime() - other.from.getTime());
  expect(sorted[0]?.from).toEqual(from);
  expect(sorted.at(-1)?.until).toEqual(until);
  for (const [nth, window] of sorted.entries())
    if (nth > 0) expect(window.from).toEqual(sorted[nth - 1]?.until);
}

test("the first reading tiles all of the history, the newest fortnight first", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 900, noNaN: true }), (days) => {
      const now = at(0);
      const { windows, progress } = readOn(nothing(now, days), now);
      for (const { from, until } of windows) {
        expect(until.getTime() - from.getTime()).toBeLessThanOrEqual(LONGEST_WINDOW);
        expect(from < until).toBe(true);
      }
      expect(windows[0]).toMatchObject({ kind: "fresh", until: now });
      const whole = [...ofKind(windows, "fresh"), ...ofKind(windows, "back")];
      const oldest = days < 14 ? later(now, -LONGEST_WINDOW) : later(now, -days * DAY);
      expectTiled(whole, oldest, now);
      expect(progress.readTo).toEqual(now);
    }),
  );
});

test("however often it is killed and however long it pauses, nothing is left out", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          pause: fc.double({ min: 0, max: 100, noNaN: true }),
          most: fc.integer({ min: 0, max: 6 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      (readings) => {
        let day = 0;
        let progress = nothing(at(0), 200);
        const read: Window[] = [];
        for (const { pause, most } of [...readings, { pause: 0, most: 1_000 }]) {
          day += pause;
          const one = readOn(progress, at(day), most);
          read.push(...one.windows);
          progress = one.progress;
        }
        const sorted = read.sort((one, other) => one.from.getTime() - other.from.getTime());
        let covered = sorted[0]?.from ?? at(0);
        expect(covered <= at(-200)).toBe(true);
        for (const { from, until } of sorted) {
          expect(from <= covered).toBe(true);
          if (until > covered) covered = until;
        }
        expect(covered).toEqual(at(day));
      },
    ),
  );
});

test("later readings take the last fortnight again, and old orders once a day", () => {
  const first = readOn(nothing(at(0), 365), at(0));
  const soon = readOn(first.progress, at(0.5));
  expect(soon.windows).toEqual([{ kind: "fresh", from: at(-13.5), until: at(0.5) }]);
  const nextDay = readOn(soon.progress, at(1.2));
  expectTiled(ofKind(nextDay.windows, "late"), at(-58.8), at(-12.8));
  expect(readOn(nextDay.progress, at(1.3)).windows).toHaveLength(1);
});

test("a window is cut into two halves that leave nothing between them, down to a millisecond", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: LONGEST_WINDOW }), (ms) => {
      const [one, other] = halvesOf({ from: at(0), until: later(at(0), ms) }) ?? [];
      expect(one?.from).toEqual(at(0));
      expect(one?.until).toEqual(other?.from);
      expect(other?.until).toEqual(later(at(0), ms));
    }),
  );
  expect(halvesOf({ from: at(0), until: later(at(0), 1) })).toBeNull();
});
