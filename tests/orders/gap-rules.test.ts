import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { dueGap, type Gap, gapsAfter, windowsOf } from "@/lib/orders/gap-rules";
import { LONGEST_WINDOW } from "@/lib/orders/window-rules";

const day = (nth: number) => new Date(Date.UTC(2026, 0, 1) + nth * DAY);
const gap = (from: number, until: number, orders: number, asked = 0): Gap => ({
  from: day(from),
  until: day(until),
  orders,
  askedAt: day(asked),
});

test("what was read whole is no gap any more, of others what was read of them", () => {
  expect(gapsAfter([gap(0, 14, 3)], gap(0, 14, 0))).toEqual([]);
  expect(gapsAfter([gap(0, 14, 3)], gap(7, 21, 0))).toEqual([
    { ...gap(0, 7, 3), askedAt: new Date(0) },
  ]);
  expect(gapsAfter([gap(7, 14, 3)], gap(0, 10, 0))).toEqual([
    { ...gap(10, 14, 3), askedAt: new Date(0) },
  ]);
  expect(gapsAfter([gap(0, 28, 3)], gap(7, 14, 0))).toEqual([gap(0, 28, 3)]);
  expect(gapsAfter([gap(0, 14, 3)], gap(14, 28, 0))).toEqual([gap(0, 14, 3)]);
});

test("a window that is short is a gap; read again it counts once, and one that goes on is one", () => {
  expect(gapsAfter([], gap(0, 14, 2))).toEqual([gap(0, 14, 2)]);
  expect(gapsAfter([gap(0, 14, 5)], gap(0, 14, 2, 1))).toEqual([gap(0, 14, 2, 1)]);
  expect(gapsAfter([gap(0, 14, 1)], gap(1, 15, 1, 1))).toEqual([gap(0, 15, 1, 1)]);
  expect(gapsAfter([gap(0, 14, 1)], gap(14, 28, 1))).toHaveLength(2);
});

test("a gap is asked for once a day, the one that waits longest first", () => {
  const gaps = [gap(0, 14, 1, 21), gap(14, 28, 1, 20)];
  expect(dueGap(gaps, day(21))).toEqual(gaps[1]);
  expect(dueGap(gaps, day(20))).toBeNull();
  expect(dueGap([], day(20))).toBeNull();
});

test("its windows are no longer than Kaspi lists, and leave nothing out", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (days) => {
      const windows = windowsOf({ from: day(0), until: day(days) });
      const joined = windows.every(
        ({ from }, nth) => nth === 0 || from === windows[nth - 1]?.until,
      );
      const short = windows.every(
        ({ from, until }) => until.getTime() - from.getTime() <= LONGEST_WINDOW,
      );
      return joined && short && windows.at(-1)?.until.getTime() === day(days).getTime();
    }),
  );
});
