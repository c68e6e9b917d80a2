import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Tenge } from "@/lib/core/money";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import { decidePrice } from "@/lib/repricing/decide/rules";
import { type ExitInput, judgeExit } from "@/lib/repricing/send/gate-rules";
import { unmovedExit } from "../../support/exit";
import { noon } from "../../support/pricing";
import {
  chance,
  pick,
  priceNear,
  type Random,
  randomInput,
  seeded,
} from "../../support/random-market";

const CASES = 40_000;

/** A price as a bug, a flipped bit or a wrong column might make it. The type is what is lied about. */
function corrupted(random: Random, centre: number): Tenge {
  const near = priceNear(random, centre);
  return pick<number>(random, [
    near,
    near,
    -near,
    near + 0.5,
    near / 100,
    near * 100,
    0,
    1,
    9,
    10,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.MAX_VALUE,
    near ^ (1 << 20),
  ]) as Tenge;
}

function adversarial(random: Random): ExitInput {
  const centre = pick(random, [10, 100, 12_990]);
  const nullable = () => (chance(random, 0.2) ? null : priceNear(random, centre));
  const shown = nullable();
  return {
    now: noon,
    decision: {
      price: corrupted(random, centre),
      origin: pick(random, ["bot", "bot", "manual"]),
      believed: chance(random, 0.9) ? shown : nullable(),
      marketSeen: chance(random, 0.9),
      decidedAt: later(noon, -pick(random, [0, 0, 0, 5, 11, 2000]) * MINUTE),
      cardId: "card",
    },
    product: {
      botEnabled: chance(random, 0.9),
      manualLock: chance(random, 0.1),
      floor: nullable(),
      ceiling: nullable(),
      anchor: nullable(),
      earnings: null,
      markup: chance(random, 0.6)
        ? null
        : {
            cost: nullable(),
            packaging: nullable(),
            other: nullable(),
            percent: pick(random, [0.5, 12.25, 400]),
          },
      intervalMinutes: 5,
    },
    kaspi: chance(random, 0.05)
      ? null
      : {
          price: shown,
          onSale: chance(random, 0.95),
          pending: chance(random, 0.05),
          cardId: chance(random, 0.95) ? "card" : null,
        },
    readAt: later(noon, -pick(random, [0, 0, 0, 1, 2, 5, 10, 14, 15, 16]) * SECOND),
    sendingStopped: chance(random, 0.05),
  };
}

/** Why this must not have left, in the words of the promises and not of the gate. */
function whyNot(input: ExitInput): string | null {
  const { decision, product, kaspi } = input;
  const { price } = decision;
  if (Number(input.now) - Number(input.readAt) > 15 * SECOND) return "nobody knows the stock";
  if (input.sendingStopped) return "sending was stopped";
  if (!kaspi?.onSale || kaspi.pending) return "Kaspi does not take it now";
  if (!Number.isInteger(price) || price < 10) return "it is no price";
  if (price === kaspi.price) return "it changes nothing";
  if (product.floor !== null && price < product.floor) return "it is below the floor";
  if (product.ceiling !== null && price > product.ceiling) return "it is above the ceiling";
  if (isTooFarAboveCost(input)) return "it is further above its cost than the rule allows";
  return decision.origin === "bot" ? whyNotTheBot(input) : null;
}

function isTooFarAboveCost({ decision, product: { markup } }: ExitInput): boolean {
  const { cost, packaging, other, percent } = markup ?? {};
  if (cost == null || packaging == null || other == null || percent == null) return false;
  return decision.price * 10_000 > (cost + packaging + other) * Math.round(10_000 + percent * 100);
}

function whyNotTheBot({ decision, product, kaspi }: ExitInput): string | null {
  if (!product.botEnabled || product.floor === null) return "nobody let the bot do it";
  if (product.manualLock) return "a person holds the price";
  if (!decision.marketSeen) return "nobody saw the market";
  if (kaspi?.cardId !== decision.cardId) return "it was decided by somebody else's market";
  if (kaspi?.price !== decision.believed) return "it rests on another price";
  const highest = Math.max(product.anchor ?? kaspi?.price ?? 0, product.floor, 10);
  const isSet = product.ceiling !== null || (product.markup && product.markup.cost !== null);
  return !isSet && decision.price > highest ? "it is above the anchor" : null;
}

test("in 40,000 hostile cases nothing outside the limits passes the gate", () => {
  const start = Date.now() % 1_000_000_000;
  let passed = 0;
  for (let seed = start; seed < start + CASES; seed++) {
    const input = adversarial(seeded(seed));
    if (judgeExit(input).kind !== "pass") continue;
    passed++;
    const why = whyNot(input);
    if (why) expect.fail(`passed although ${why} (seed ${seed}): ${JSON.stringify(input)}`);
  }
  // A gate that lets nothing through would prove nothing.
  expect(passed).toBeGreaterThan(CASES / 50);
});

test("rules and gate agree: an honest change passes while nothing has moved", () => {
  const start = Date.now() % 1_000_000_000;
  let changes = 0;
  for (let seed = start; seed < start + CASES; seed++) {
    const input = randomInput(seeded(seed));
    const decision = decidePrice(input);
    if (decision.kind !== "change") continue;
    changes++;
    const verdict = judgeExit(unmovedExit(input, decision.price));
    if (verdict.kind !== "pass")
      expect.fail(`${JSON.stringify(verdict)} (seed ${seed}): ${JSON.stringify(input)}`);
  }
  expect(changes).toBeGreaterThan(CASES / 10);
});

const importsOf = (file: string) =>
  [
    ...readFileSync(`lib/repricing/send/${file}.ts`, "utf8").matchAll(
      /^import (.*) from "(.*)";$/gm,
    ),
  ].map(([, what, from]) => [what, from]);

test("the gate shares nothing with the rules but the type of money", () => {
  expect(importsOf("gate-rules")).toEqual([
    ["type { Tenge }", "@/lib/core/money"],
    ["type { Origin }", "@/lib/repricing/decide/model"],
    ["{ type Earnings, earnsEnough, highestByCost, type Markup }", "./gate-cost-rules"],
  ]);
  expect(importsOf("gate-cost-rules")).toEqual([
    ["type { Costs, DeliveryBand, Terms, TermsOrMissing }", "@/lib/costs/model"],
  ]);
});
