import { type Tenge, tenge } from "@/lib/core/money";
import { later, MINUTE } from "@/lib/core/time";
import type { DecisionInput, MarketView, Offer, PriceDecision } from "@/lib/repricing/decide/model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";

export const noon = new Date("2026-03-02T12:00:00Z");
export const ownStore = "our-store";

/** A market in plain numbers: a rival is a price, or an offer where more than the price matters. */
export type Scenario = {
  rule?: Partial<Omit<RepricingRule, "floor" | "ceiling">>;
  floor?: number | null;
  ceiling?: number | null;
  anchor?: number | null;
  current?: number | null;
  rivals?: (number | Partial<Offer>)[];
  market?: MarketView;
  readMinutesAgo?: number;
  manualLock?: boolean;
  onSale?: boolean;
  hasCard?: boolean;
  minuteOfWeek?: number;
  ownDelivery?: DecisionInput["ownDelivery"];
  stockDays?: number;
  lead?: DecisionInput["lead"];
  approved?: number;
  unreadableRule?: true;
};

export const money = (amount: number | null): Tenge | null =>
  amount === null ? null : tenge(amount);

export function offer(over: number | Partial<Offer>): Offer {
  const given = typeof over === "number" ? { price: tenge(over) } : over;
  return {
    merchantId: "rival",
    price: tenge(1000),
    preorderDays: 0,
    rating: 4.8,
    reviews: 100,
    delivery: null,
    ...given,
  };
}

/** Bot on, floor 900, ceiling 1200, price 1100: what the scenario leaves out. */
export function inputOf(scenario: Scenario): DecisionInput {
  const { floor = 900, ceiling = 1200, anchor = null, current = 1100 } = scenario;
  const rivals = rivalsOf((scenario.rivals ?? []).map(offer), new Set([ownStore]));
  const observedAt = later(noon, -(scenario.readMinutesAgo ?? 0) * MINUTE);
  return {
    now: noon,
    rule: {
      ...defaultRule,
      enabled: true,
      ...scenario.rule,
      floor: money(floor),
      ceiling: money(ceiling),
    },
    anchor: money(anchor),
    current: money(current),
    manualLock: scenario.manualLock ?? false,
    onSale: scenario.onSale ?? true,
    hasCard: scenario.hasCard ?? true,
    minuteOfWeek: scenario.minuteOfWeek ?? 720,
    ownDelivery: scenario.ownDelivery ?? null,
    lead: scenario.lead ?? null,
    stockDays: scenario.stockDays ?? null,
    ...(scenario.unreadableRule && { unreadableRule: true }),
    ...(scenario.approved !== undefined && { approved: tenge(scenario.approved) }),
    market: scenario.market ?? { kind: "seen", rivals, observedAt },
  };
}

/** `"change 999 undercut"`, `"hold already_first"`, `"hold 500 anomaly_frozen"`, `"skip missing_floor"`. */
export function inWords(decision: PriceDecision): string {
  const price =
    "price" in decision ? `${decision.price} ` : "wanted" in decision ? `${decision.wanted} ` : "";
  return `${decision.kind} ${price}${decision.reason}`;
}

export const decide = (scenario: Scenario): PriceDecision => decidePrice(inputOf(scenario));
export const outcome = (scenario: Scenario): string => inWords(decide(scenario));
