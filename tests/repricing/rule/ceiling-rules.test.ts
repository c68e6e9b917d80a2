import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HIGHEST_PRICE, tenge } from "@/lib/core/money";
import { decidePrice } from "@/lib/repricing/decide/rules";
import { setCeiling } from "@/lib/repricing/rule/ceiling-rules";
import { highestByCost } from "@/lib/repricing/send/gate-cost-rules";
import { judgeExit } from "@/lib/repricing/send/gate-rules";
import { unmovedExit } from "../../support/exit";
import { chance, priceNear, randomInput, seeded, whole } from "../../support/random-market";

const CASES = 40_000;
const money = (amount: number | null) => (amount === null ? null : tenge(amount));
const ceiling = (typed: number | null, costInFull: number | null, markup: number | null) =>
  setCeiling({ typed: money(typed), costInFull: money(costInFull), markup });

describe("the ceiling that is set", () => {
  test.each([
    ["the typed one where the rule asks nothing of cost", [1500, 1000, null], 1500, false],
    ["the typed one while the cost is not set", [1500, null, 40], 1500, false],
    ["none while neither is there", [null, null, 40], null, false],
    ["the computed one where none is typed", [null, 1000, 40], 1400, true],
    ["the computed one where that is lower", [1500, 1000, 40], 1400, true],
    ["the typed one where that is lower", [1300, 1000, 40], 1300, false],
    ["a whole tenge, rounded down", [null, 999, 12.5], 1123, true],
    ["no more than the highest price", [null, HIGHEST_PRICE, 1000], HIGHEST_PRICE, true],
  ] as const)("is %s", (_, [typed, cost, markup], expected, fromCost) => {
    expect(ceiling(typed, cost, markup)).toEqual({ ceiling: expected, fromCost });
  });

  test("is what the gate computes by itself", () => {
    const amount = fc.integer({ min: 0, max: 300_000_000 }).map(tenge);
    const percent = fc.integer({ min: 1, max: 100_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(amount, amount, amount, percent, (cost, packaging, other, markup) => {
        const ours = ceiling(null, cost + packaging + other, markup).ceiling ?? 0;
        const gates = highestByCost({ cost, packaging, other, percent: markup }) ?? 0;
        expect(ours).toBe(Math.min(gates, HIGHEST_PRICE));
      }),
    );
  });
});

const none = tenge(0);

/** What is wrong with the price of one random market; null: nothing, and it changes. */
function breachAt(seed: number): string | null | "unchanged" {
  const random = seeded(seed);
  const input = randomInput(random);
  const { rule: given } = input;
  const cost = priceNear(random, input.current ?? 100);
  const percent = chance(random, 0.1) ? null : whole(random, 1, 10_000) / 100;
  const { ceiling, fromCost } = setCeiling({
    typed: given.ceiling,
    costInFull: cost,
    markup: percent,
  });
  const { ceilingFromCost: _, ...others } = given;
  const source = fromCost ? { ceilingFromCost: true as const } : {};
  const rule = { ...others, ...source, ceiling, ceilingMarkup: percent };
  const decision = decidePrice({ ...input, rule });
  if (decision.kind !== "change") return "unchanged";
  const { price } = decision;
  if (percent !== null && price * 10_000 > Math.round(10_000 + percent * 100) * cost)
    return `${price} is above the ceiling from cost`;
  const markup = percent === null ? null : { cost, packaging: none, other: none, percent };
  const verdict = judgeExit(unmovedExit(input, price, { markup }));
  return verdict.kind === "pass" ? null : JSON.stringify(verdict);
}

test(`in ${CASES} random markets no price is above the computed ceiling, and the gate lets all of them out`, () => {
  const start = Date.now() % 1_000_000_000;
  let changes = 0;
  for (let seed = start; seed < start + CASES; seed += 1) {
    const breach = breachAt(seed);
    if (breach === "unchanged") continue;
    if (breach) expect.fail(`${breach} (seed ${seed})`);
    changes += 1;
  }
  // Rules that change nothing would prove nothing.
  expect(changes).toBeGreaterThan(CASES / 20);
});
