import fc from "fast-check";
import { expect, test } from "vitest";
import { isComplete, type Walk } from "@/lib/sync/rules";

const whole: Walk = { seen: 694, unreadable: 0, total: 694, known: 694, cut: false };

test.each<[string, Partial<Walk>, boolean]>([
  ["met everything Kaspi counts", {}, true],
  ["missed the few rows by which Kaspi's own counters differ", { seen: 687 }, true],
  ["missed a page", { seen: 594 }, false],
  ["missed a page of a big shop", { seen: 49_900, total: 50_000, known: 50_000 }, false],
  ["missed a few rows of a big shop", { seen: 49_970, total: 50_000, known: 50_000 }, true],
  ["met rows that could not be read", { unreadable: 1 }, false],
  ["was cut because the list did not end", { cut: true }, false],
  ["met nothing where there was a shop, whatever Kaspi counts", { seen: 0, total: 0 }, false],
  ["met a shop half the size it was", { seen: 340, total: 340 }, false],
  ["met an empty shop that was always empty", { seen: 0, total: 0, known: 0 }, true],
])("a walk that %s: complete is decided", (_, walk, complete) => {
  expect(isComplete({ ...whole, ...walk })).toBe(complete);
});

test("a walk that missed more than one row in fifty is never complete", () => {
  const sizes = fc.record({
    total: fc.nat(60_000),
    missed: fc.double({ min: 0.021, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(sizes, ({ total, missed }) => {
      const seen = Math.floor(total * (1 - missed));
      fc.pre(total - seen > total * 0.02 && total > 0);
      expect(isComplete({ ...whole, seen, total, known: seen })).toBe(false);
    }),
  );
});
