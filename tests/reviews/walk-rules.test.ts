import { expect, test } from "vitest";
import { endOfWalk, MOST_PAGES, type WalkedPage } from "@/lib/reviews/walk-rules";

const page = (more: Partial<WalkedPage> = {}): WalkedPage => ({
  ...{ page: 1, rows: 200, repeated: 0, known: 0, met: 400, total: 13_160, bound: 10_000 },
  ...more,
});

test.each<[string, Partial<WalkedPage>, ReturnType<typeof endOfWalk>]>([
  ["a page of new ones", {}, null],
  ["a page some of which is known", { known: 199 }, null],
  ["a page some of which is repeated", { repeated: 199 }, null],
  ["a page without rows", { rows: 0 }, "empty"],
  ["a first page without rows", { page: 0, rows: 0, met: 0 }, "empty"],
  ["a page all of which is known", { known: 200 }, "known"],
  ["a page that only repeats", { repeated: 200 }, "repeats"],
  ["as many as there are", { met: 13_160, bound: 20_000 }, "total"],
  ["more than there are, as it is said", { met: 400, total: 0 }, "total"],
  ["as many as may be read", { met: 10_000 }, "bound"],
  ["nobody knows how many", { total: null }, null],
  ["more pages than any list has", { page: MOST_PAGES - 1, total: null }, "bound"],
])("%s", (_, walked, end) => {
  expect(endOfWalk(page(walked))).toBe(end);
});
