import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cursor, pageAfter, placesFrom, walkStart } from "@/lib/sync/cursor";

const at = (page: number, total: number): Cursor => ({
  ...walkStart,
  page,
  totals: { on_sale: total, removed: 0 },
});

test.each<[string, Cursor, number[]]>([
  ["before Kaspi has said how many there are, one page", walkStart, [0]],
  ["in the middle of a list, as many as asked for", at(3, 2_000), [3, 4]],
  ["on the last page, that one", at(4, 500), [4]],
  ["on a page of one row, that one", at(5, 501), [5]],
  ["past what Kaspi counts, still the page at hand", at(9, 500), [9]],
])("read ahead: %s", (_, cursor, pages) => {
  expect(placesFrom(cursor, 2)).toEqual(pages.map((page) => ({ phase: "on_sale", page })));
});

test("nothing is read ahead of a walk that is over, or when nothing more is asked for", () => {
  expect(placesFrom({ ...walkStart, phase: "done" }, 2)).toEqual([]);
  expect(placesFrom(at(0, 500), 0)).toEqual([]);
});

test("an empty page ends the list, whatever Kaspi counts", () => {
  const next = pageAfter(at(2, 5_000), { rows: 0, unreadable: 0, total: 5_000 });
  expect(next).toMatchObject({ phase: "removed", page: 0, cut: false });
});

test("a list that does not end is cut", () => {
  const next = pageAfter(at(24, 500), { rows: 100, unreadable: 0, total: 500 });
  expect(next).toMatchObject({ phase: "removed", cut: true });
});

test("a walk over any list ends, meets every row once, and foresees each page but the first", () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.nat(3_000), (onSale, removed) => {
      const sizes = { on_sale: onSale, removed };
      let cursor = walkStart;
      for (let walked = 0; cursor.phase !== "done"; walked += 1) {
        expect(walked).toBeLessThan(70);
        const { phase, page } = cursor;
        const rows = Math.min(100, Math.max(0, sizes[phase] - page * 100));
        const ahead = placesFrom({ ...cursor, totals: sizes }, 2)[1] ?? null;
        cursor = pageAfter(cursor, { rows, unreadable: 0, total: sizes[phase] });
        const wanted = cursor.phase === phase && cursor.page * 100 < sizes[phase];
        expect(ahead).toEqual(wanted ? { phase, page: page + 1 } : null);
      }
      expect(cursor).toMatchObject({ met: onSale + removed, totals: sizes, cut: false });
    }),
  );
});
