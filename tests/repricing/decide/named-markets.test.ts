import { expect, test } from "vitest";
import { translator } from "@/lib/i18n/translator";
import { changeReasons, holdReasons, skipReasons } from "@/lib/repricing/decide/reason-model";
import { decisionText } from "@/lib/repricing/decide/reason-text";
import { decide, inWords } from "../../support/pricing";
import { restMarkets } from "./named-markets-rest";
import { rivalMarkets } from "./named-markets-rivals";

const markets = [...rivalMarkets, ...restMarkets];

test.each(markets)("$market", ({ given, decided, said }) => {
  const decision = decide(given);
  expect(inWords(decision)).toBe(decided);
  // Spaces within numbers are narrow and do not break; a table reads better without them.
  expect(decisionText(translator("ru"), "ru", decision).replace(/\s/g, " ")).toBe(said);
});

test("every reason there is has a market with a name", () => {
  const named = new Set<string>(markets.map(({ given }) => decide(given).reason));
  const reasons = [...changeReasons, ...holdReasons, ...skipReasons];
  expect(reasons.filter((reason) => !named.has(reason))).toEqual([]);
});
