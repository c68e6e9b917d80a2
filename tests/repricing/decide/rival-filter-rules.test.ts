import { expect, test } from "vitest";
import { tenge } from "@/lib/core/money";
import type { Offer } from "@/lib/repricing/decide/model";
import { countRivals } from "@/lib/repricing/decide/rival-filter-rules";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { offer, ownStore } from "../../support/pricing";
import { ourMerchants, randomInput, randomOffers, seeded } from "../../support/random-market";

function counted(
  offers: (number | Partial<Offer>)[],
  rule: Partial<RepricingRule>,
  ownDelivery: Offer["delivery"] = null,
) {
  const rivals = rivalsOf(offers.map(offer), new Set([ownStore]));
  return countRivals({ ...defaultRule, ...rule }, rivals, ownDelivery);
}

const priced = (price: number, over: Partial<Offer>) => ({ price: tenge(price), ...over });

test("prices come cheapest first, however the offers are listed", () => {
  expect(counted([1050, 900, 1000, 900, 1200], {}).prices).toEqual([900, 900, 1000, 1050, 1200]);
});

test.each<[string, (number | Partial<Offer>)[], Partial<RepricingRule>, number[]]>([
  [
    "who is on the exclude list does not count",
    [priced(900, { merchantId: "a" }), priced(950, { merchantId: "b" })],
    { excludeRivals: ["a"] },
    [950],
  ],
  [
    "who is not on the list of the only ones does not count",
    [priced(900, { merchantId: "a" }), priced(950, { merchantId: "b" })],
    { onlyRivals: ["b", "c"] },
    [950],
  ],
  [
    "who is on both lists does not count",
    [priced(900, { merchantId: "a" })],
    { onlyRivals: ["a"], excludeRivals: ["a"] },
    [],
  ],
  [
    "a rating as high as asked for counts",
    [priced(900, { rating: 4.5 })],
    { minRating: 4.5 },
    [900],
  ],
  ["a lower one does not", [priced(900, { rating: 4.4 })], { minRating: 4.5 }, []],
  ["a missing one does not", [priced(900, { rating: null })], { minRating: 0.1 }, []],
  ["missing reviews are none", [priced(900, { reviews: null })], { minReviews: 1 }, []],
  ["without conditions nobody is left out", [priced(900, { rating: null, reviews: 0 })], {}, [900]],
])("%s", (_, offers, rule, prices) => {
  expect(counted(offers, rule).prices).toEqual(prices);
});

test.each<[string, Offer["delivery"], Offer["delivery"], boolean]>([
  ["as fast as ours counts", "tomorrow", "tomorrow", true],
  ["faster counts", "express", "tomorrow", true],
  ["slower does not", "days_2", "tomorrow", false],
  ["not said does not", null, "tomorrow", false],
  ["anything counts while ours is not said", "days_7", null, true],
])("delivery %s", (_, theirs, ours, counts) => {
  const { prices } = counted([priced(900, { delivery: theirs })], { fastAsOurs: true }, ours);
  expect(prices.length === 1).toBe(counts);
});

test.each<[string, number[], number, number[]]>([
  ["one far below the others is left out", [300, 1000, 1010, 1020], 50, [1000, 1010, 1020]],
  ["two are", [300, 310, 1000, 1010, 1020, 1030], 50, [1000, 1010, 1020, 1030]],
  ["exactly at the share it counts", [500, 1000, 1000], 50, [500, 1000, 1000]],
  ["a tenge below it does not", [499, 1000, 1000], 50, [1000, 1000]],
  ["the median of two is their mean, halves included", [501, 1001, 1002], 50, [501, 1001, 1002]],
  ["of two the cheaper is the outlier", [100, 1000], 50, [1000]],
  ["who is alone is none", [100], 50, [100]],
  [
    "thirty at one price are none",
    Array.from({ length: 30 }, () => 700),
    99,
    Array.from({ length: 30 }, () => 700),
  ],
  ["somebody always stays", [1, 100, 10_000, 1_000_000], 100, [10_000, 1_000_000]],
])("of outliers, %s", (_, prices, percent, left) => {
  expect(counted(prices, { outlierPercent: percent }).prices).toEqual(left);
});

test("those left out are counted, preorders apart", () => {
  const offers = [
    priced(800, { preorderDays: 7 }),
    priced(850, { merchantId: "a" }),
    priced(860, { merchantId: "a", preorderDays: 7 }),
    1000,
  ];
  const { prices, preorders, ignored } = counted(offers, { excludeRivals: ["a"] });
  expect({ prices, preorders, ignored }).toEqual({ prices: [1000], preorders: 1, ignored: 2 });
});

test("in 5,000 random markets, whoever is left out changes no price", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 5_000; seed++) {
    const random = seeded(seed);
    const input = randomInput(random);
    const { market } = input;
    if (market.kind === "unseen") continue;
    const banned = randomOffers(random, 100).map((one) => ({ ...one, merchantId: "banned" }));
    const rule = { ...input.rule, excludeRivals: [...input.rule.excludeRivals, "banned"] };
    const decided = (extra: Offer[]) => {
      const rivals = [...market.rivals, ...rivalsOf(extra, ourMerchants)];
      const { params: _, ...rest } = decidePrice({ ...input, rule, market: { ...market, rivals } });
      return JSON.stringify(rest);
    };
    expect(decided(banned), `seed ${seed}`).toBe(decided([]));
  }
});
