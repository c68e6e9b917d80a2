import type { Tenge } from "@/lib/core/money";
import type { Delivery } from "@/lib/kaspi/competitor-offers";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import type { ChangeReason, HoldReason, ReasonParams, SkipReason, UnseenWhy } from "./reason-model";

/** The fastest first. */
export const deliveries = [
  "express",
  "today",
  "tomorrow",
  "days_2",
  "days_5",
  "days_7",
] as const satisfies readonly Delivery[];

/** What the rules read of an offer on a card, ours or not. */
export type Offer = {
  merchantId: string;
  price: Tenge;
  preorderDays: number;
  /** 1 to 5; null for a seller nobody has rated. */
  rating: number | null;
  reviews: number | null;
  delivery: Delivery | null;
};

declare const rival: unique symbol;

/** An offer proven not to be ours. Only `rivalsOf` makes one, so our own stores are never undercut. */
export type RivalOffer = Offer & { readonly [rival]: true };

/** No answer is not the same as no rivals: only the second may raise a price. */
export type MarketView =
  | { kind: "seen"; rivals: readonly RivalOffer[]; observedAt: Date }
  | { kind: "unseen"; why: UnseenWhy };

/** Where an offer stands among all offers of a card: "2 of 6". */
export type Place = { place: number; of: number };

/** Another store of ours leads this card in this city: wait, or stay a step above its price. */
export type Lead = { kind: "hold" } | { kind: "behind"; price: Tenge };

export type DecisionInput = {
  now: Date;
  /** Minutes since Monday 00:00 on the installation's wall clock; matters to a rule with a schedule. */
  minuteOfWeek: number;
  rule: RepricingRule;
  /** What is stored as the rule is of no version we know; `rule` is what is left without it. */
  unreadableRule?: true;
  /** The price when the bot was last switched on or set by hand. */
  anchor: Tenge | null;
  /** The last sent and not yet resolved price of the city, else what Kaspi last showed. */
  current: Tenge | null;
  manualLock: boolean;
  onSale: boolean;
  hasCard: boolean;
  /** How fast our own offer on this card is delivered; null when we are not listed or it is not said. */
  ownDelivery: Delivery | null;
  /** Null: no other store of ours leads. It may raise this price and never lowers it. */
  lead: Lead | null;
  /** A person agreed to go as far as this: neither freeze nor step guards stop what goes no further. */
  approved?: Tenge;
  /** Whole days for which the stock lasts at the pace of sales; null: nobody counts it, or nothing is sold. */
  stockDays: number | null;
  market: MarketView;
};

export type Clamp =
  | "below_floor"
  | "schedule"
  | "low_stock"
  | "strategy"
  | "blocked"
  | "lead"
  | "ceiling"
  | "rounding"
  | "profit_gap"
  | "step_guard"
  | "floor"
  | "freeze";

/** Plain numbers, because a target may lie below zero before the floor meets it. */
export type TrailStep = { clamp: Clamp; before: number; after: number };

type Explained<Reason> = { reason: Reason; params: ReasonParams; trail: TrailStep[] };

export type PriceDecision =
  | ({ kind: "change"; price: Tenge } & Explained<ChangeReason>)
  /** The price a person is asked to approve; nothing is sent before that. */
  | ({ kind: "hold"; wanted: Tenge } & Explained<"anomaly_frozen">)
  | ({ kind: "hold" } & Explained<Exclude<HoldReason, "anomaly_frozen">>)
  | ({ kind: "skip" } & Explained<SkipReason>);

export type Origin = "bot" | "manual" | "undo";

export type DecisionState =
  | "none"
  | "pending"
  | "sending"
  | "sent"
  | "confirmed"
  | "rejected"
  | "expired"
  | "superseded"
  | "refused"
  | "frozen"
  /** Waits for a person with others of its run. */
  | "held";
