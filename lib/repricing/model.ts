import { z } from "zod";
import { LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import type { ChangeReason, HoldReason, ReasonParams, SkipReason, UnseenWhy } from "./reason-model";

/** Nothing on Kaspi costs more; also keeps a slipped finger inside the database's integers. */
export const HIGHEST_PRICE = tenge(999_999_999);

export const priceSchema = z.int().min(LOWEST_KASPI_PRICE).max(HIGHEST_PRICE).transform(tenge);
const percentSchema = z.number().gt(0).max(100).multipleOf(0.01);

/** Tenge, or a percentage (two decimals) of the price it is applied to, rounded up to a whole tenge. */
export const amountSchema = z.discriminatedUnion("unit", [
  z.strictObject({
    unit: z.literal("tenge"),
    value: z.int().min(1).max(HIGHEST_PRICE).transform(tenge),
  }),
  z.strictObject({ unit: z.literal("percent"), value: percentSchema }),
]);

/** What the price aims at while there are rivals. */
export const strategySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("undercut") }),
  z.strictObject({ kind: z.literal("match") }),
  z.strictObject({ kind: z.literal("fixed"), price: priceSchema }),
]);

export const whenAloneSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hold") }),
  z.strictObject({ kind: z.literal("ceiling") }),
  z.strictObject({ kind: z.literal("climb"), by: amountSchema }),
]);

/** First means strictly cheapest. Only `undercut` asks. */
export const whenFirstSchema = z.enum(["hold", "raise"]);
/** Blocked means that the target lies below the floor. */
export const whenBlockedSchema = z.enum(["floor", "next_place", "ceiling", "hold"]);

/** What `stores.rule` and `products.rule` hold: only what differs from the rule above it. */
export const ruleOverrideSchema = z.strictObject({
  strategy: strategySchema.exactOptional(),
  step: amountSchema.exactOptional(),
  whenAlone: whenAloneSchema.exactOptional(),
  whenFirst: whenFirstSchema.exactOptional(),
  whenBlocked: whenBlockedSchema.exactOptional(),
  ignorePreorders: z.boolean().exactOptional(),
  /** Percent per change. */
  maxDrop: percentSchema.exactOptional(),
  maxRise: percentSchema.exactOptional(),
  /** A change beyond this percentage waits for a person. */
  freeze: percentSchema.exactOptional(),
  intervalMinutes: z.int().min(1).max(1440).exactOptional(),
});

export type Amount = z.infer<typeof amountSchema>;
export type Strategy = z.infer<typeof strategySchema>;
export type WhenAlone = z.infer<typeof whenAloneSchema>;
export type WhenFirst = z.infer<typeof whenFirstSchema>;
export type WhenBlocked = z.infer<typeof whenBlockedSchema>;
export type RuleOverride = z.infer<typeof ruleOverrideSchema>;

/** What only a product has: a store's default can neither switch a bot on nor invent a floor. */
export type ProductLimits = { enabled: boolean; floor: Tenge | null; ceiling: Tenge | null };

/** A complete rule. `floor: null` means "do not touch"; `ceiling: null` means none was typed. */
export type RepricingRule = ProductLimits & Required<RuleOverride>;

export const defaultRule: RepricingRule = {
  enabled: false,
  strategy: { kind: "undercut" },
  step: { unit: "tenge", value: tenge(1) },
  floor: null,
  ceiling: null,
  whenAlone: { kind: "hold" },
  whenFirst: "raise",
  whenBlocked: "floor",
  ignorePreorders: true,
  maxDrop: 15,
  maxRise: 30,
  freeze: 40,
  intervalMinutes: 5,
};

/** What the rules read of an offer on a card, ours or not. */
export type Offer = { merchantId: string; price: Tenge; preorderDays: number };

declare const rival: unique symbol;

/** An offer proven not to be ours. Only `rivalsOf` makes one, so our own stores are never undercut. */
export type RivalOffer = Offer & { readonly [rival]: true };

/** No answer is not the same as no rivals: only the second may raise a price. */
export type MarketView =
  | { kind: "seen"; rivals: readonly RivalOffer[]; observedAt: Date }
  | { kind: "unseen"; why: UnseenWhy };

/** Where an offer stands among all offers of a card: "2 of 6". */
export type Place = { place: number; of: number };

export type DecisionInput = {
  now: Date;
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
  market: MarketView;
};

export type Clamp =
  | "below_floor"
  | "strategy"
  | "blocked"
  | "ceiling"
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

export type Origin = "bot" | "manual";

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
  | "frozen";
