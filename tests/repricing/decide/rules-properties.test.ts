import fc from "fast-check";
import { expect, test } from "vitest";
import { type Tenge, tenge } from "@/lib/core/money";
import type { DecisionInput, Offer } from "@/lib/repricing/decide/model";
import {
  changeReasons,
  holdReasons,
  type Reason,
  skipReasons,
} from "@/lib/repricing/decide/reason-model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import { inputOf } from "../../support/pricing";
import { brokenPromise } from "../../support/pricing-invariants";
import {
  ourMerchants,
  priceNear,
  randomInput,
  randomOffers,
  seeded,
} from "../../support/random-market";

const CASES = 40_000;
/** Always the same markets: what they reach must not hang on the clock. */
const COVERED = 20_260_302;

/** Fails with the seed that shows it, and the case in full. */
function forEachInput(check: (input: DecisionInput, random: () => number) => string | null) {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + CASES; seed++) {
    const random = seeded(seed);
    const input = randomInput(random);
    const broken = check(input, random);
    if (broken) expect.fail(`${broken} (seed ${seed}): ${JSON.stringify(input)}`);
  }
}

test("in 40,000 random markets no decision breaks a promise", () => {
  forEachInput((input) => brokenPromise(input, decidePrice(input)));
});

const aimedAtRivals: ReadonlySet<Reason> = new Set<Reason>([
  "undercut",
  "matched",
  "stayed_above",
  "placed",
  "averaged",
  "raised_under_next",
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
]);

// The markets are only worth something when they reach every corner.
test(`random markets from the seed ${COVERED} on reach every reason, and rivals in every fifth`, () => {
  const seen = new Map<Reason, number>();
  for (let seed = COVERED; seed < COVERED + CASES; seed++) {
    const { reason } = decidePrice(randomInput(seeded(seed)));
    seen.set(reason, (seen.get(reason) ?? 0) + 1);
  }
  const decided: Reason[] = [...changeReasons, ...holdReasons, ...skipReasons];
  const unreached = decided.filter((reason) => reason !== "unreadable_rule" && !seen.has(reason));
  expect(unreached).toEqual([]);
  const aimed = [...seen].reduce(
    (sum, [reason, times]) => sum + (aimedAtRivals.has(reason) ? times : 0),
    0,
  );
  expect(aimed).toBeGreaterThan(CASES / 5);
});

test("the same input gives the same decision and is left as it was", () => {
  forEachInput((input) => {
    const before = JSON.stringify(input);
    const first = JSON.stringify(decidePrice(input));
    if (JSON.stringify(decidePrice(structuredClone(input))) !== first) return "decided differently";
    return JSON.stringify(input) === before ? null : "the input was changed";
  });
});

test("no offer of an own store ever changes what is decided", () => {
  forEachInput((input, random) => {
    if (input.market.kind === "unseen") return null;
    const strangers = [...input.market.rivals];
    const own = randomOffers(random, 10)
      .concat(randomOffers(random, 12_990))
      .map((seen): Offer => ({ ...seen, merchantId: "ours-too" }));
    const rivals = rivalsOf([...own, ...strangers], ourMerchants);
    const crowded = { ...input, market: { ...input.market, rivals } };
    return JSON.stringify(decidePrice(crowded)) === JSON.stringify(decidePrice(input))
      ? null
      : "an own store moved a price";
  });
});

test("a store of ours that leads never lowers a price", () => {
  // What a person agreed to is agreed to a little sooner where a leader holds the price up.
  forEachInput(({ approved: _, ...input }, random) => {
    const { current, rule } = input;
    // A price that earns too little moves for that reason.
    if (current === null || rule.gaps?.some(([from, to]) => from <= current && current <= to))
      return null;
    const behind: DecisionInput = {
      ...input,
      lead: { kind: "behind", price: priceNear(random, current) },
    };
    const settled = (given: DecisionInput) => {
      const decision = decidePrice(given);
      // What waits for a person counts as if it was agreed to.
      if ("wanted" in decision) return decision.wanted;
      return decision.kind === "change" ? decision.price : current;
    };
    const alone = settled({ ...input, lead: null });
    return settled(behind) >= Math.min(alone, current) ? null : "a lead lowered a price";
  });
});

test("the order in which Kaspi lists offers never matters", () => {
  forEachInput((input) => {
    if (input.market.kind === "unseen") return null;
    const rivals = [...input.market.rivals].reverse();
    const reversed = { ...input, market: { ...input.market, rivals } };
    return JSON.stringify(decidePrice(reversed)) === JSON.stringify(decidePrice(input))
      ? null
      : "the order mattered";
  });
});

test("in a market that stands still a price comes to rest", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 5_000; seed++) {
    let input = randomInput(seeded(seed));
    if (input.rule.whenAlone.kind === "climb") continue;
    const whole = {
      maxDrop: Math.max(input.rule.maxDrop, 5),
      maxRise: Math.max(input.rule.maxRise, 5),
    };
    input = { ...input, anchor: input.anchor ?? input.current, rule: { ...input.rule, ...whole } };
    let checks = 0;
    for (let decision = decidePrice(input); decision.kind === "change"; checks++) {
      if (checks > 400) expect.fail(`still moving (seed ${seed}): ${JSON.stringify(input)}`);
      input = { ...input, current: decision.price };
      decision = decidePrice(input);
    }
  }
});

const price = fc.integer({ min: 10, max: 3000 }).map(tenge);

test("undercutting, the lowest price is never more than the rule asks for", () => {
  fc.assert(
    fc.property(fc.array(price, { minLength: 1, maxLength: 10 }), price, (rivals, current) => {
      const decision = decidePrice(inputOf({ floor: 10, ceiling: 3000, current, rivals }));
      const best = Math.min(...rivals);
      if (decision.kind === "change" && decision.price < current)
        expect(decision.price).toBeGreaterThanOrEqual(Math.max(10, best - 1));
    }),
    { numRuns: 20_000 },
  );
});

test("a higher floor never leads to a lower price", () => {
  const floors = fc
    .tuple(price, price)
    .map(([a, b]) => (a < b ? [a, b] : [b, a]) as [Tenge, Tenge]);
  fc.assert(
    fc.property(
      floors,
      fc.array(price, { maxLength: 6 }),
      price,
      ([low, high], rivals, current) => {
        const at = (floor: number) => {
          const rule = { freeze: 100, maxDrop: 100, maxRise: 100 };
          const decision = decidePrice(inputOf({ floor, ceiling: 3000, current, rivals, rule }));
          return decision.kind === "change" ? decision.price : current;
        };
        if (current >= high) expect(at(high)).toBeGreaterThanOrEqual(at(low));
      },
    ),
    { numRuns: 20_000 },
  );
});
