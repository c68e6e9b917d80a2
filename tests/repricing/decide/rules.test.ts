import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import { decidePrice, effectiveCeiling, resolveRule, rivalsOf } from "@/lib/repricing/decide/rules";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import {
  decide,
  inputOf,
  inWords,
  offer,
  outcome,
  ownStore,
  type Scenario,
} from "../../support/pricing";

const reasonsNotToPrice: [string, Scenario, string][] = [
  ["a bot that is off is left alone", { rule: { enabled: false } }, "skip rule_disabled"],
  ["without a floor nothing is touched", { floor: null, rivals: [500] }, "skip missing_floor"],
  ["a floor above the ceiling", { floor: 1300, ceiling: 1200 }, "skip floor_above_ceiling"],
  ["a price fixed by hand is not the bot's", { manualLock: true }, "skip manual_lock"],
  ["a product off sale has no price to fight with", { onSale: false }, "skip not_on_sale"],
  ["a product without a card has no market", { hasCard: false }, "skip missing_card"],
  ["a price Kaspi does not show cannot be compared", { current: null }, "skip missing_price"],
  ["a price of 0 is a missing one", { current: 0 }, "skip missing_price"],
  [
    "a ceiling under Kaspi's 10 ₸ is no ceiling",
    { floor: 5, ceiling: 8 },
    "skip floor_above_ceiling",
  ],
];

test.each(reasonsNotToPrice)("%s", (_, scenario, expected) => {
  expect(outcome({ rivals: [1000], ...scenario })).toBe(expected);
});

test("the reasons not to price are asked in their order, each before the next", () => {
  const wrong: Scenario = {
    rule: { enabled: false },
    floor: null,
    manualLock: true,
    onSale: false,
    hasCard: false,
    current: null,
    market: { kind: "unseen", why: "unreachable" },
  };
  const cured: [Scenario, string][] = [
    [{}, "skip rule_disabled"],
    [{ rule: {} }, "skip missing_floor"],
    [{ floor: 1300 }, "skip floor_above_ceiling"],
    [{ floor: 900 }, "skip manual_lock"],
    [{ manualLock: false }, "skip not_on_sale"],
    [{ onSale: true }, "skip missing_card"],
    [{ hasCard: true }, "skip missing_price"],
    [{ current: 1100 }, "hold stale_offers"],
  ];
  let scenario = wrong;
  for (const [cure, expected] of cured) {
    scenario = { ...scenario, ...cure };
    expect(outcome(scenario)).toBe(expected);
  }
});

const marketsNotSeen: [string, Scenario, string][] = [
  [
    "no answer changes nothing",
    { market: { kind: "unseen", why: "unreachable" } },
    "hold stale_offers",
  ],
  [
    "no answer does not raise a price that stands below its floor",
    { market: { kind: "unseen", why: "throttled" }, current: 500 },
    "hold stale_offers",
  ],
  [
    "no answer is not an empty market",
    { market: { kind: "unseen", why: "malformed" }, rule: { whenAlone: { kind: "ceiling" } } },
    "hold stale_offers",
  ],
  ["a market read two intervals ago still counts", { readMinutesAgo: 10 }, "change 999 undercut"],
  ["a market older than two intervals does not", { readMinutesAgo: 10.001 }, "hold stale_offers"],
  [
    "the interval is the rule's own",
    { readMinutesAgo: 60, rule: { intervalMinutes: 30 } },
    "change 999 undercut",
  ],
  ["a market read by a clock ahead of ours counts", { readMinutesAgo: -1 }, "change 999 undercut"],
  ["a market read at no known time does not", { readMinutesAgo: Number.NaN }, "hold stale_offers"],
];

test.each(marketsNotSeen)("%s", (_, scenario, expected) => {
  expect(outcome({ rivals: [1000], ...scenario })).toBe(expected);
});

test("a hold says how old the market is, or why it was not read", () => {
  expect(decide({ readMinutesAgo: 14.5 }).params).toMatchObject({ why: "old", minutes: 14 });
  expect(decide({ market: { kind: "unseen", why: "address_refused" } }).params).toMatchObject({
    why: "address_refused",
  });
});

const preorders: [string, Scenario, string][] = [
  [
    "a preorder is no rival to goods in stock",
    { rivals: [{ price: tenge(950), preorderDays: 5 }, 1000] },
    "change 999 undercut",
  ],
  [
    "a preorder is a rival when the rule says so",
    { rivals: [{ price: tenge(950), preorderDays: 5 }, 1000], rule: { ignorePreorders: false } },
    "change 949 undercut",
  ],
  [
    "preorders only are nobody",
    { rivals: [{ price: tenge(950), preorderDays: 1 }] },
    "hold no_competitors_hold",
  ],
];

test.each(preorders)("%s", (_, scenario, expected) => {
  expect(outcome(scenario)).toBe(expected);
});

test("our own offer and our second store are never rivals", () => {
  const own = new Set([ownStore, "our-second-store"]);
  const offers = [
    offer({ merchantId: ownStore, price: tenge(1100) }),
    offer({ merchantId: "our-second-store", price: tenge(910) }),
    offer({ merchantId: "stranger", price: tenge(1000) }),
  ];
  expect(rivalsOf(offers, own).map(({ merchantId }) => merchantId)).toEqual(["stranger"]);
  const input = {
    ...inputOf({}),
    market: { kind: "seen", rivals: rivalsOf(offers, own) } as const,
  };
  expect(
    inWords(decidePrice({ ...input, market: { ...input.market, observedAt: input.now } })),
  ).toBe("change 999 undercut");
});

test("without own merchants nobody can be told to be a rival", () => {
  expect(() => rivalsOf([offer(1000)], new Set())).toThrow(RangeError);
});

test("rivals keep whatever else is known of their offers", () => {
  const [seen] = rivalsOf([{ ...offer(1000), rating: 4.8 }], new Set([ownStore]));
  expect(seen?.rating).toBe(4.8);
});

test.each<[string, Parameters<typeof effectiveCeiling>[0], number]>([
  [
    "a typed ceiling is the ceiling",
    { ceiling: tenge(1200), anchor: tenge(1500), floor: tenge(900) },
    1200,
  ],
  [
    "else the price when the bot was switched on",
    { ceiling: null, anchor: tenge(1500), floor: tenge(900) },
    1500,
  ],
  ["but never under the floor", { ceiling: null, anchor: tenge(800), floor: tenge(900) }, 900],
  ["and with nothing known, the floor", { ceiling: null, anchor: null, floor: tenge(900) }, 900],
])("%s", (_, limits, expected) => {
  expect(effectiveCeiling(limits)).toBe(expected);
});

test("without ceiling and anchor the present price is as far up as a price goes", () => {
  expect(outcome({ ceiling: null, current: 950, rivals: [2000] })).toBe("hold already_at_target");
  expect(outcome({ ceiling: null, current: 950, rivals: [930] })).toBe("change 929 undercut");
});

test("without a typed ceiling a price rises back to its anchor", () => {
  expect(outcome({ ceiling: null, anchor: 1150, current: 950, rivals: [1101] })).toBe(
    "change 1100 raised_under_next",
  );
  expect(outcome({ ceiling: null, anchor: 1150, current: 950, rivals: [5000] })).toBe(
    "change 1150 capped_at_ceiling",
  );
});

const limits = { enabled: true, floor: tenge(900), ceiling: null };

test("a rule is the default, overridden by the store, the product and the city", () => {
  const step = (value: number) => ({ step: { unit: "tenge", value: tenge(value) } }) as const;
  expect(resolveRule(limits, {})).toEqual({ ...defaultRule, ...limits });
  expect(resolveRule(limits, step(2)).step.value).toBe(2);
  expect(resolveRule(limits, step(2), step(3)).step.value).toBe(3);
  expect(resolveRule(limits, step(2), step(3), step(4)).step.value).toBe(4);
  expect(resolveRule(limits, { whenFirst: "hold" }, step(3))).toMatchObject({
    whenFirst: "hold",
    step: { value: 3 },
  });
});

test("a store's default can neither switch a bot on nor give a product a floor", () => {
  const greedy = { maxDrop: 20, enabled: true, floor: tenge(1), ceiling: tenge(2) };
  const off = { enabled: false, floor: null, ceiling: null };
  expect(resolveRule(off, greedy, greedy, greedy)).toMatchObject(off);
});

test("a cleared limit is none", () => {
  expect(resolveRule({ ...limits, floor: null }, {}).floor).toBeNull();
});

test("every new product waits: the default rule is off and has no floor", () => {
  expect(defaultRule).toMatchObject({ enabled: false, floor: null, ceiling: null });
  expect(outcome({ rule: defaultRule, floor: null, ceiling: null, rivals: [1] })).toBe(
    "skip rule_disabled",
  );
});
