import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { isAgreed, isRefused, type PriceAnswer } from "@/lib/repricing/hold/answer-rules";

const said = (answer: PriceAnswer["answer"], from: number | null, to: number): PriceAnswer => ({
  answer,
  price: tenge(to),
  priceBefore: from === null ? null : tenge(from),
});
const change = (from: number, to: number) => ({ current: tenge(from), price: tenge(to) });

test.each<[string, PriceAnswer, [number, number], boolean]>([
  ["the fall itself", said("agreed", 1500, 900), [1500, 900], true],
  ["a smaller fall", said("agreed", 1500, 900), [1500, 1200], true],
  ["the rest of the way", said("agreed", 1500, 900), [1300, 900], true],
  ["a deeper fall", said("agreed", 1500, 900), [1500, 899], false],
  ["a fall to there from further above", said("agreed", 1500, 900), [1501, 900], false],
  ["the rise itself", said("agreed", 900, 1500), [900, 1500], true],
  ["a rise to there from further below", said("agreed", 900, 1500), [800, 1500], false],
  ["a change of a price nobody had seen", said("agreed", null, 900), [1500, 900], true],
  ["what was refused", said("refused", 1500, 900), [1500, 900], false],
])("agreed or not: %s", (_, answer, [from, to], expected) => {
  expect(isAgreed(answer, change(from, to))).toBe(expected);
});

test.each<[string, PriceAnswer, [number, number], boolean]>([
  ["the fall itself", said("refused", 1500, 900), [1500, 900], true],
  ["a deeper fall", said("refused", 1500, 900), [1500, 700], true],
  ["a smaller fall", said("refused", 1500, 900), [1500, 901], false],
  ["a rise of a price that a person has set below", said("refused", 1500, 900), [500, 600], false],
  ["the rise itself", said("refused", 900, 1500), [900, 1500], true],
  [
    "a fall of a price that a person has set above",
    said("refused", 900, 1500),
    [2000, 1800],
    false,
  ],
  ["what was agreed to", said("agreed", 1500, 900), [1500, 900], false],
])("refused or not: %s", (_, answer, [from, to], expected) => {
  expect(isRefused(answer, change(from, to))).toBe(expected);
});
