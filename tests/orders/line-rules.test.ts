import fc from "fast-check";
import { expect, test } from "vitest";
import { type LineMarks, sameLines } from "@/lib/orders/line-rules";

const line = (nth: number, said: Partial<LineMarks> = {}): LineMarks => ({
  ...{ nth, entryId: null, sku: null, cardId: null },
  ...said,
});

function pairs(known: LineMarks[], said: LineMarks[]) {
  const found = sameLines(known, said);
  return said.map((one) => {
    const other = found.get(one);
    return other ? known.indexOf(other) : null;
  });
}

test("a line that moved up is the one of its article, not that of its number", () => {
  const known = [line(0, { sku: "a" }), line(1, { sku: "b" })];
  expect(pairs(known, [line(0, { sku: "b" })])).toEqual([1]);
});

test("another article in the same place is another line, even with Kaspi's id of the old one", () => {
  expect(
    pairs([line(0, { sku: "a", entryId: "x" })], [line(0, { sku: "b", entryId: "x" })]),
  ).toEqual([null]);
});

test("without an article the card tells, then Kaspi's own id, then the number", () => {
  const known = [line(0, { sku: "a", cardId: "1" }), line(1, { sku: "b", cardId: "2" })];
  expect(pairs(known, [line(0, { cardId: "2" }), line(1, { cardId: "1" })])).toEqual([1, 0]);
  expect(pairs(known, [line(0, { cardId: "3" })])).toEqual([null]);
  expect(pairs([line(4, { entryId: "x" })], [line(0, { entryId: "x" })])).toEqual([0]);
  expect(pairs([line(0, { sku: "a" })], [line(0)])).toEqual([0]);
});

test("two lines of one article stay what they are", () => {
  const known = [line(0, { sku: "a" }), line(1, { sku: "a" })];
  expect(pairs(known, [line(0, { sku: "a" }), line(1, { sku: "a" })])).toEqual([0, 1]);
});

test("no line is two others, whatever is said", () => {
  const marks = fc.record({
    nth: fc.nat(3),
    entryId: fc.constantFrom("x", "y", null),
    sku: fc.constantFrom("a", "b", null),
    cardId: fc.constantFrom("1", "2", null),
  });
  fc.assert(
    fc.property(fc.array(marks), fc.array(marks), (known, said) => {
      const found = pairs(known, said).filter((one) => one !== null);
      return new Set(found).size === found.length;
    }),
  );
});
