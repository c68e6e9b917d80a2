import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, later } from "@/lib/core/time";
import {
  agrees,
  endOfWalk,
  goesToEnd,
  hasMoved,
  isCutShort,
  isWholeAfter,
  MOST_PAGES,
  type WalkedPage,
} from "@/lib/reviews/walk-rules";

const page = (more: Partial<WalkedPage> = {}): WalkedPage => ({
  ...{ page: 1, perPage: 200, rows: 200, readable: 200, repeated: 0, known: 0, knownPages: 0 },
  ...{ met: 400, total: 13_160, bound: 10_000, reach: "end", isFirst: true },
  ...more,
});
const again = { isFirst: false, reach: "known" } as const;
const allKnown = { known: 200, knownPages: 1 };

test.each<[string, Partial<WalkedPage>, ReturnType<typeof endOfWalk>]>([
  ["a page of new ones", {}, null],
  ["a page some of which is known", { ...again, known: 199 }, null],
  ["a page some of which is repeated", { repeated: 199 }, null],
  ["a page without rows", { rows: 0, readable: 0 }, "empty"],
  ["a first page without rows", { page: 0, rows: 0, readable: 0, met: 0 }, "empty"],
  ["a page none of which can be read", { readable: 0 }, null],
  ["a page all of which is known", { ...again, ...allKnown }, "known"],
  ["the same in a walk to the end", { ...allKnown }, null],
  ["the same while the count has moved", { ...again, ...allKnown, reach: "more" }, null],
  ["the sixth of them", { ...again, known: 200, knownPages: 6, reach: "more" }, "known"],
  ["a page that only repeats", { repeated: 200 }, "repeats"],
  ["as many as there are, on a last page", { rows: 60, met: 13_160, bound: 20_000 }, "total"],
  ["as many as there are, on a full page", { met: 13_160, bound: 20_000 }, null],
  ["more than there are, as it is said", { met: 400, total: 1 }, null],
  ["as many as may be read", { met: 10_000 }, "bound"],
  ["as many of a list known before", { ...again, met: 10_000, known: 1 }, "known"],
  ["as many new ones, none of them known", { ...again, met: 10_000 }, null],
  ["nobody knows how many", { total: null }, null],
  ["more pages than any list has", { page: MOST_PAGES - 1, total: null }, "bound"],
])("%s", (_, walked, end) => {
  expect(endOfWalk(page(walked))).toBe(end);
});

describe("a list is whole", () => {
  const ended = { met: 400, stored: 400, total: 400, wasWhole: false } as const;
  test.each<[string, Partial<Parameters<typeof isWholeAfter>[0]>, boolean]>([
    ["where as many were met as Kaspi counts", { end: "empty" }, true],
    ["where a few more are counted", { end: "empty", total: 408 }, true],
    ["where fewer are counted", { end: "total", total: 390 }, true],
    ["not where many more are counted", { end: "empty", total: 409 }, false],
    ["not where nothing came and nothing was said", { end: "empty", met: 0, total: null }, false],
    ["where nobody counts, at the empty page", { end: "empty", total: null }, true],
    ["where it was, and still agrees", { end: "known", wasWhole: true, met: 200 }, true],
    ["not where it was, and many have gone", { end: "known", wasWhole: true, total: 300 }, false],
    ["not where it was not", { end: "known", met: 200 }, false],
    ["not at the bound", { end: "bound" }, false],
    ["at the bound, where it was before", { end: "bound", met: 100, wasWhole: true }, true],
    ["not where pages repeat", { end: "repeats" }, false],
    ["not where it was cut short", { end: "short", wasWhole: true }, false],
  ])("%s", (_, more, whole) => {
    expect(isWholeAfter({ end: null, ...ended, ...more })).toBe(whole);
  });

  test("within two of a hundred, and within fifty", () => {
    expect([agrees(0, 1), agrees(49, 50), agrees(48, 50), agrees(13_110, 13_160)]).toEqual([
      ...[false, true, false, true],
    ]);
    expect(agrees(13_109, 13_160)).toBe(false);
    fc.assert(
      fc.property(fc.nat(50_000), fc.nat(50_000), (count, total) => {
        if (agrees(count, total)) expect(isCutShort(count, total)).toBe(false);
        expect(agrees(total, total)).toBe(true);
      }),
    );
  });
});

test("an empty page is no end while clearly more are counted", () => {
  expect([isCutShort(0, 13_160), isCutShort(94, 100), isCutShort(95, 100)]).toEqual([
    ...[true, true, false],
  ]);
  expect([isCutShort(0, 0), isCutShort(0, null)]).toEqual([false, false]);
});

test("a walk goes to the end at first, once a week, and when more may be read of what was cut", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const settled = { settledWalk: 3, isWhole: true, settledBound: 100, settledGap: 0 };
  const goes = (more: object, bound = 100) =>
    goesToEnd({ ...settled, wholeWalkAt: later(now, -6 * DAY), ...more }, bound, now);
  expect(goes({})).toBe(false);
  expect(goes({ settledWalk: 0 })).toBe(true);
  expect(goes({ wholeWalkAt: null })).toBe(true);
  expect(goes({ wholeWalkAt: later(now, -7 * DAY) })).toBe(true);
  expect(goes({}, 5_000)).toBe(false);
  expect(goes({ isWhole: false }, 5_000)).toBe(true);
  expect(goes({ isWhole: false }, 50)).toBe(false);
});

test("what was left uncounted once is nothing new", () => {
  expect([hasMoved(0, null), hasMoved(3, 3), hasMoved(null, 3)]).toEqual([false, false, false]);
  expect([hasMoved(1, null), hasMoved(2, 3), hasMoved(-1, 0)]).toEqual([true, true, true]);
});
