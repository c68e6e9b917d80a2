import { tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import type { Offer } from "@/lib/repricing/decide/model";
import { decidePrice, resolveRule, rivalsOf } from "@/lib/repricing/decide/rules";
import type { RepricingRule, Rounding, Strategy } from "@/lib/repricing/rule/rule-model";
import { noon, offer } from "./pricing";
import { chance, pick, type Random, whole } from "./random-market";

/** An installation of ours on a card, as a stranger to the others there. */
export type Seller = { merchantId: string; price: number; anchor: number; rule: RepricingRule };

/** At rest: nobody has changed anything for so many cycles. */
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
    stockDays: null,
    market: { kind: "seen", rivals, observedAt: now },
  });
  if (decision.kind === "change") seller.price = decision.price;
  return decision.kind === "change";
}

/**
 * Cycles until nobody changed anything for three of them; null when that does not happen in `most`.
 * Throws when a price falls below its floor.
 */
export function cyclesToRest(sellers: readonly Seller[], most: number): number | null {
  for (let cycle = 0, quiet = 0; cycle < most; cycle++) {
    const changed = sellers.filter((seller) =>
      check(
        seller,
        sellers.filter((other) => other !== seller),
        cycle,
      ),
    );
    const sunk = sellers.find(({ price, rule }) => price < (rule.floor ?? 0));
    if (sunk) throw new Error(`below its floor: ${JSON.stringify(sunk)}`);
    quiet = changed.length === 0 ? quiet + 1 : 0;
    if (quiet === QUIET) return cycle + 1 - QUIET;
  }
  return null;
}

export function seller(merchantId: string, price: number, floor: number, rule = {}): Seller {
  const limits = { enabled: true, floor: tenge(floor), ceiling: null };
  return { merchantId, price, anchor: price, rule: resolveRule(limits, rule) };
}

/** Two strangers who meet within a tenth of each other's price, with rules of any kind. */
export function randomPair(random: Random): Seller[] {
  return ["ours", "theirs"].map((merchantId) =>
    seller(merchantId, whole(random, 900, 1100), whole(random, 820, 1000), {
      strategy: pick<Strategy>(random, [
        { kind: "undercut" },
        { kind: "match" },
        { kind: "above" },
        { kind: "position", place: pick(random, [1, 2, 5]) },
        { kind: "average", of: pick(random, [1, 3]) },
        { kind: "fixed", price: tenge(whole(random, 900, 1100)) },
      ]),
      rounding: pick<Rounding>(random, [
        { kind: "to", value: pick(random, [1, 5, 10]) },
        { kind: "ending", value: 9 },
      ]),
      step: chance(random, 0.5)
        ? { unit: "tenge", value: tenge(whole(random, 1, 30)) }
        : { unit: "percent", value: pick(random, [0.5, 1, 5]) },
      whenFirst: pick(random, ["hold", "raise"]),
      whenBlocked: pick(random, ["floor", "next_place", "hold"]),
    }),
  );
}
