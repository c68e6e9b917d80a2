import { expect, test, vi } from "vitest";
import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import type { Offer } from "@/lib/repricing/model";
import type { RepricingRule } from "@/lib/repricing/rule-model";
import { decidePrice, resolveRule, rivalsOf } from "@/lib/repricing/rules";
import { noon, offer } from "../support/pricing";
import { chance, pick, seeded, whole } from "../support/random-market";

// Seconds on an idle machine; a busy one must not make them fail.
vi.setConfig({ testTimeout: 60_000 });

type Seller = { merchantId: string; price: number; anchor: number; rule: RepricingRule };

const QUIET = 3;

function check(seller: Seller, others: readonly Seller[], cycle: number): boolean {
  const offers = [seller, ...others].map(
    ({ merchantId, price }): Offer => offer({ merchantId, price: tenge(price) }),
  );
  const now = later(noon, cycle * 5 * MINUTE);
  const rivals = rivalsOf(offers, new Set([seller.merchantId]));
  const decision = decidePrice({
    now,
    rule: seller.rule,
    anchor: tenge(seller.anchor),
    current: tenge(seller.price),
    manualLock: false,
    onSale: true,
    hasCard: true,
    minuteOfWeek: 0,
    ownDelivery: null,
    lead: null,
    market: { kind: "seen", rivals, observedAt: now },
  });
  if (decision.kind === "change") seller.price = decision.price;
  return decision.kind === "change";
}

/** Cycles until nobody changed anything for three of them; null when that does not happen in `most`. */
function cyclesToRest(sellers: readonly Seller[], most: number): number | null {
  for (let cycle = 0, quiet = 0; cycle < most; cycle++) {
    const changed = sellers.filter((seller) =>
      check(
        seller,
        sellers.filter((other) => other !== seller),
        cycle,
      ),
    );
    for (const { price, rule } of sellers) expect(price).toBeGreaterThanOrEqual(rule.floor ?? 0);
    quiet = changed.length === 0 ? quiet + 1 : 0;
    if (quiet === QUIET) return cycle + 1 - QUIET;
  }
  return null;
}

function seller(merchantId: string, price: number, floor: number, rule = {}): Seller {
  const limits = { enabled: true, floor: tenge(floor), ceiling: null };
  return { merchantId, price, anchor: price, rule: resolveRule(limits, rule) };
}

test("two of our engines as strangers fight down to the higher floor and stop there", () => {
  const [ours, theirs] = [seller("ours", 1000, 900), seller("theirs", 1000, 800)];
  expect(cyclesToRest([ours, theirs], 200)).toBe(51);
  expect([ours.price, theirs.price]).toEqual([900, 899]);
});

test("with equal floors both end on it", () => {
  const [ours, theirs] = [seller("ours", 1000, 900), seller("theirs", 1100, 900)];
  expect(cyclesToRest([ours, theirs], 200)).not.toBeNull();
  expect([ours.price, theirs.price]).toEqual([900, 900]);
});

test("who matches a match stops at once", () => {
  const match = { strategy: { kind: "match" } } as const;
  const [ours, theirs] = [seller("ours", 1000, 900, match), seller("theirs", 990, 900, match)];
  expect(cyclesToRest([ours, theirs], 20)).toBe(1);
  expect([ours.price, theirs.price]).toEqual([990, 990]);
});

test("whatever their rules, 2,000 random pairs come to rest and neither goes below its floor", () => {
  const start = Date.now() % 1_000_000_000;
  for (let seed = start; seed < start + 2_000; seed++) {
    const random = seeded(seed);
    const pair = ["ours", "theirs"].map((merchantId) =>
      seller(merchantId, whole(random, 900, 1100), whole(random, 820, 1000), {
        strategy: { kind: pick(random, ["undercut", "undercut", "match"]) },
        step: chance(random, 0.5)
          ? { unit: "tenge", value: tenge(whole(random, 1, 30)) }
          : { unit: "percent", value: pick(random, [0.5, 1, 5]) },
        whenFirst: pick(random, ["hold", "raise"]),
        whenBlocked: pick(random, ["floor", "next_place", "hold"]),
      }),
    );
    const cycles = cyclesToRest(pair, 400);
    if (cycles === null) expect.fail(`still fighting (seed ${seed}): ${JSON.stringify(pair)}`);
  }
});

test("who goes to the ceiling when blocked may fight for ever, but never below a floor", () => {
  const patient = seller("ours", 1000, 900, { whenBlocked: "ceiling" });
  expect(cyclesToRest([patient, seller("theirs", 1000, 800)], 2_000)).toBeNull();
});

test("two own stores on one card leave each other alone", () => {
  const own = new Set(["our-store", "our-second-store"]);
  const offers = [...own].map((merchantId): Offer => offer({ merchantId, price: tenge(1000) }));
  expect(rivalsOf(offers, own)).toEqual([]);
});
