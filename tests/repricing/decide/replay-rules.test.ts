import { describe, expect, test } from "vitest";
import { HIGHEST_PRICE, tenge } from "@/lib/core/money";
import type { DecisionInput, Offer } from "@/lib/repricing/decide/model";
import { ledgerInputs, replay } from "@/lib/repricing/decide/replay-rules";
import { decidePrice, RULES_VERSION, rivalsOf } from "@/lib/repricing/decide/rules";
import { outcomeOf } from "@/lib/repricing/ledger/ledger-rules";
import { MOST_SELLERS, MOST_WINDOWS } from "@/lib/repricing/rule/rule-bounds-model";
import { type RepricingRule, ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { inputOf, noon, offer } from "../../support/pricing";
import { ourMerchants, randomInput, randomOffers, seeded } from "../../support/random-market";

const observationId = "0b6f3c1e-2d1c-4a0f-9a52-0d7c3f6f2a11";

function recorded(input: DecisionInput, offers: Offer[], ownMerchants: ReadonlySet<string>) {
  const observed = input.market.kind === "seen" ? { observationId, offers, ownMerchants } : null;
  const inputs = ledgerInputs(input, observed);
  return { inputs, rulesVersion: RULES_VERSION, outcome: outcomeOf(decidePrice(input)) };
}

const own = new Set(["ours", "ours-too"]);
const offers = [
  offer({ merchantId: "ours", price: tenge(1100) }),
  offer({ merchantId: "stranger", price: tenge(1000) }),
];
const seen: DecisionInput = {
  ...inputOf({}),
  market: { kind: "seen", rivals: rivalsOf(offers, own), observedAt: noon },
};

test("inputs hold all that was decided from, the market by reference, in under a kilobyte", () => {
  const inputs = ledgerInputs(seen, { observationId, offers, ownMerchants: own });
  expect(JSON.parse(inputs)).toMatchObject({
    now: "2026-03-02T12:00:00.000Z",
    current: 1100,
    rule: { floor: 900, ceiling: 1200, strategy: { kind: "undercut" }, enabled: true },
    market: { kind: "seen", observation: observationId, own: ["ours"] },
  });
  expect(inputs).not.toContain("stranger");
  expect(Buffer.byteLength(inputs)).toBeLessThan(1024);
});

test("own merchants are remembered even when none of them is listed", () => {
  const inputs = ledgerInputs(seen, { observationId, offers: [], ownMerchants: own });
  expect(JSON.parse(inputs)).toMatchObject({ market: { own: ["ours"] } });
});

describe("a seller with many shops on one card", () => {
  const shops = Array.from({ length: 120 }, (_, n) => `own-store-of-a-long-name-${n}`);
  const ownMerchants = new Set(shops);
  const crowd = Array.from({ length: 256 }, (_, n) =>
    offer({ merchantId: shops[n - 100] ?? `rival-${n}`, price: tenge(1000 + n) }),
  );
  const rivals = rivalsOf(crowd, ownMerchants);
  const input: DecisionInput = { ...seen, market: { kind: "seen", rivals, observedAt: noon } };

  test("is decided and kept in under a kilobyte, like any other", () => {
    const observed = { observationId, offers: crowd, ownMerchants };
    expect(Buffer.byteLength(ledgerInputs(input, observed))).toBeLessThan(1024);
  });

  test("is replayed from the places of the shops in the list", () => {
    const entry = recorded(input, crowd, ownMerchants);
    expect(replay(entry, crowd)).toBe("same");
    const others = crowd.map((one, n) => (n === 0 ? { ...one, price: tenge(950) } : one));
    expect(replay(entry, others)).toBe("differs");
  });

  test.each([9, 35, 120])("with %d of them cheapest, none is taken for a rival", (count) => {
    const ours = shops
      .slice(0, count)
      .map((merchantId) => offer({ merchantId, price: tenge(910) }));
    const market = [...ours, offer({ merchantId: "stranger", price: tenge(1000) })];
    const view = {
      kind: "seen",
      rivals: rivalsOf(market, ownMerchants),
      observedAt: noon,
    } as const;
    expect(replay(recorded({ ...seen, market: view }, market, ownMerchants), market)).toBe("same");
  });
});

/** Every field at its longest, on a card of 256 sellers, a third of them ours and half of them left out. */
function largest(): { input: DecisionInput; offers: Offer[]; ownMerchants: ReadonlySet<string> } {
  const name = (n: number) => `${n}-`.padEnd(64, "x");
  const offers = Array.from({ length: 256 }, (_, n) =>
    offer({ merchantId: name(n), price: tenge(HIGHEST_PRICE - n) }),
  );
  const ownMerchants = new Set(offers.filter((_, n) => n % 3 === 0).map((one) => one.merchantId));
  const seven = Array.from({ length: MOST_WINDOWS }, () => ({
    days: [1, 2, 3, 4, 5, 6, 7],
    from: 0,
    to: 1439,
  }));
  const percent = { unit: "percent", value: 99.99 } as const;
  const money = tenge(HIGHEST_PRICE);
  const rule: RepricingRule = {
    enabled: false,
    strategy: { kind: "fixed", price: money },
    step: percent,
    floor: money,
    ceiling: money,
    gaps: Array.from({ length: 4 }, () => [money, money] as const),
    whenAlone: { kind: "climb", by: { unit: "tenge", value: money } },
    whenFirst: "raise",
    whenBlocked: "next_place",
    floorFromCost: false,
    ceilingMarkup: 999.99,
    ceilingFromCost: true,
    ignorePreorders: false,
    excludeRivals: Array.from({ length: MOST_SELLERS }, (_, n) => name(2 * n)),
    onlyRivals: Array.from({ length: MOST_SELLERS }, (_, n) => name(3 * n)),
    minRating: 4.9,
    minReviews: 1_000_000,
    fastAsOurs: true,
    outlierPercent: 99.99,
    rounding: { kind: "ending", value: 9_999 },
    maxDrop: 99.99,
    maxRise: 99.99,
    freeze: 99.99,
    schedule: { windows: seven, outside: "ceiling" },
    lowStock: { days: 90, price: "ceiling" },
    intervalMinutes: 1440,
  };
  ruleOverrideSchema.parse(
    Object.fromEntries(
      Object.entries(rule).filter(
        ([key]) => !["enabled", "floor", "ceiling", "gaps", "ceilingFromCost"].includes(key),
      ),
    ),
  );
  const input: DecisionInput = {
    now: noon,
    minuteOfWeek: 10_079,
    rule,
    anchor: money,
    current: money,
    manualLock: false,
    onSale: false,
    hasCard: false,
    ownDelivery: "tomorrow",
    lead: { kind: "behind", price: money },
    approved: money,
    stockDays: 90,
    market: { kind: "seen", rivals: rivalsOf(offers, ownMerchants), observedAt: noon },
  };
  return { input, offers, ownMerchants };
}

test.each([
  ["at work", 0],
  ["at rest", 10_079],
])(
  "the longest rule on the fullest card, %s, is kept in a kilobyte and replayed from it",
  (_, minuteOfWeek) => {
    const { input, offers: crowd, ownMerchants } = largest();
    const entry = recorded({ ...input, minuteOfWeek }, crowd, ownMerchants);
    expect(Buffer.byteLength(entry.inputs)).toBeLessThanOrEqual(1024);
    expect(replay(entry, crowd)).toBe("same");
  },
);

test("of the lists of a rule, the ledger keeps whom they leave out on this card", () => {
  const crowd = ["a", "b", "c", "d"].map((merchantId, n) =>
    offer({ merchantId, price: tenge(1000 + n) }),
  );
  const rule = { ...seen.rule, excludeRivals: ["a", "elsewhere"], onlyRivals: ["a", "c", "d"] };
  const rivals = rivalsOf(crowd, own);
  const input: DecisionInput = {
    ...seen,
    rule,
    market: { kind: "seen", rivals, observedAt: noon },
  };
  const entry = recorded(input, crowd, own);
  expect(JSON.parse(entry.inputs)).toMatchObject({ market: { unlisted: "3" } });
  expect(entry.inputs).not.toContain("elsewhere");
  expect(entry.outcome.params).toMatchObject({ rival: 1002, ignored: 2 });
  expect(replay(entry, crowd)).toBe("same");
});

test("a market that was seen is never recorded without its observation", () => {
  expect(() => ledgerInputs(seen, null)).toThrow(TypeError);
});

test("a decision replayed is the same decision", () => {
  expect(replay(recorded(seen, offers, own), offers)).toBe("same");
});

test("a store added later does not change what was decided before", () => {
  const entry = recorded(seen, offers, own);
  const later = new Set([...own, "stranger"]);
  expect(rivalsOf(offers, later)).toEqual([]);
  expect(replay(entry, offers)).toBe("same");
});

test("another market, another price or another reason differs", () => {
  const entry = recorded(seen, offers, own);
  const cheaper = [...offers, offer({ merchantId: "new", price: tenge(950) })];
  expect(replay(entry, cheaper)).toBe("differs");
  expect(replay({ ...entry, outcome: { ...entry.outcome, price: tenge(998) } }, offers)).toBe(
    "differs",
  );
  expect(replay({ ...entry, outcome: { ...entry.outcome, reason: "matched" } }, offers)).toBe(
    "differs",
  );
});

test("decisions of older rules are not decided again", () => {
  const entry = { ...recorded(seen, offers, own), rulesVersion: RULES_VERSION - 1 };
  expect(replay(entry, offers)).toBe("older_rules");
});

test.each<[string, string, Offer[] | null]>([
  ["what is no JSON", "{", offers],
  ["what is no input", "{}", offers],
  ["a seen market whose observation is gone", recorded(seen, offers, own).inputs, null],
  ["a rule nobody knows", recorded(seen, offers, own).inputs.replace("undercut", "guess"), offers],
])("%s is unreadable", (_, inputs, known) => {
  expect(replay({ ...recorded(seen, offers, own), inputs }, known)).toBe("unreadable");
});

test("an unread market is replayed without any observation", () => {
  const unseen: DecisionInput = { ...inputOf({}), market: { kind: "unseen", why: "throttled" } };
  expect(replay(recorded(unseen, [], own), null)).toBe("same");
});

test("5,000 random decisions are replayed from the ledger alone", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 5_000; seed++) {
    const random = seeded(seed);
    const market = randomOffers(random, 12_990);
    const input = randomInput(random, market);
    const verdict = replay(recorded(input, market, ourMerchants), market);
    if (verdict !== "same") expect.fail(`${verdict} (seed ${seed}): ${JSON.stringify(input)}`);
  }
});
