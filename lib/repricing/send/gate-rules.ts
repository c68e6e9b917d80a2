import type { Tenge } from "@/lib/core/money";
import type { Origin } from "@/lib/repricing/decide/model";
import { type Earnings, earnsEnough, highestByCost, type Markup } from "./gate-cost-rules";

// The gate is the second pair of eyes: it shares no code with the rules it watches, on purpose.

export type ExitInput = {
  now: Date;
  decision: {
    price: Tenge;
    origin: Origin;
    /** The price Kaspi was believed to show when this was decided. */
    believed: Tenge | null;
    /** Whether the market had been read. */
    marketSeen: boolean;
    decidedAt: Date;
    /** The card whose market it was decided by. */
    cardId: string | null;
  };
  /** Our own row, read in the transaction that marks the decision as being sent. */
  product: {
    botEnabled: boolean;
    manualLock: boolean;
    floor: Tenge | null;
    ceiling: Tenge | null;
    anchor: Tenge | null;
    /** What a price must earn when the rule takes its floor from cost. */
    earnings: Earnings;
    /** How far above its cost it may be when the rule takes its ceiling from there. */
    markup: Markup;
    intervalMinutes: number;
  };
  /** Kaspi's row, read a moment ago; null: the article is no longer in the list. */
  kaspi: {
    price: Tenge | null;
    onSale: boolean;
    pending: boolean;
    cardId: string | null;
  } | null;
  /** When it was asked for. */
  readAt: Date;
  /** The kill switch, of the store or of everything. */
  sendingStopped: boolean;
};

/** Between what a price of the product must lie. */
export type Limits = Pick<ExitInput["product"], "floor" | "ceiling" | "earnings" | "markup">;

export const refusals = [
  "not_a_price",
  "below_lowest",
  "gone",
  "not_on_sale",
  "bot_off",
  "manual_lock",
  "missing_floor",
  "missing_costs",
  "unprofitable",
  "market_unseen",
  "limits_crossed",
  "below_floor",
  "above_ceiling",
  "too_late",
  "nothing_to_send",
  "changed_since",
] as const;

export type Refusal = (typeof refusals)[number];
export type DecideAgain = "expired" | "card_moved" | "price_moved";
export type Wait = "sending_stopped" | "pending_at_kaspi";

/** Texts: `reasons.gate.<why>`. */
export type ExitVerdict =
  | { kind: "pass" }
  | { kind: "refuse"; why: Refusal }
  | { kind: "decide_again"; why: DecideAgain }
  | { kind: "wait"; why: Wait }
  /** What Kaspi showed has grown old on the way here: what it has of stock and points may be another. */
  | { kind: "read_again" };

/** Kaspi refuses less. */
const LOWEST = 10;
const MANUAL_LIFE_MS = 24 * 3_600_000;
/** The stock that is sent back is that of this row: what is sold meanwhile would be on sale again. */
const ROW_LIFE_MS = 15_000;

/**
 * May this price leave the house now? Whoever decided it and however: a passed price is whole, at
 * least 10 ₸, within the floor and ceiling of the fresh row, and changes what Kaspi really shows.
 */
export function judgeExit(input: ExitInput): ExitVerdict {
  if (input.sendingStopped) return { kind: "wait", why: "sending_stopped" };
  if (!(input.now.getTime() - input.readAt.getTime() <= ROW_LIFE_MS)) return { kind: "read_again" };
  const refusal = refusalOf(input);
  if (refusal) return { kind: "refuse", why: refusal };
  if (!input.kaspi) return { kind: "refuse", why: "gone" };

  const { decision, kaspi } = input;
  if (decision.origin === "bot" && hasExpired(input))
    return { kind: "decide_again", why: "expired" };
  if (kaspi.pending) return { kind: "wait", why: "pending_at_kaspi" };
  // The article stands on another card by now: its rivals were somebody else's.
  if (decision.origin === "bot" && kaspi.cardId !== decision.cardId)
    return { kind: "decide_again", why: "card_moved" };
  if (decision.origin === "bot" && kaspi.price !== decision.believed)
    return { kind: "decide_again", why: "price_moved" };
  if (kaspi.price === decision.price) return { kind: "refuse", why: "nothing_to_send" };
  // What is put back is the price it was seen with: another one means that somebody was here since.
  if (decision.origin === "undo" && kaspi.price !== decision.believed)
    return { kind: "refuse", why: "changed_since" };
  return { kind: "pass" };
}

function refusalOf(input: ExitInput): Refusal | null {
  const { decision, kaspi } = input;
  if (!Number.isSafeInteger(decision.price)) return "not_a_price";
  if (decision.price < LOWEST) return "below_lowest";
  if (!kaspi) return "gone";
  if (!kaspi.onSale) return "not_on_sale";
  return decision.origin === "bot" ? botRefusal(input) : manualRefusal(input);
}

function botRefusal({ decision, product, kaspi }: ExitInput): Refusal | null {
  if (!product.botEnabled) return "bot_off";
  if (product.manualLock) return "manual_lock";
  if (product.floor === null && product.earnings === null) return "missing_floor";
  if (!decision.marketSeen) return "market_unseen";
  const earns = earnsEnough(decision.price, product.earnings);
  if (earns !== true) return earns === "unknown" ? "missing_costs" : "unprofitable";
  const floor = Math.max(product.floor ?? LOWEST, lowestOf(decision.price, product.earnings));
  const anchor = product.anchor ?? kaspi?.price ?? floor;
  return outside(decision.price, floor, ceilingOf(product) ?? Math.max(anchor, floor));
}

/** The price itself if a tenge less would earn too little: its floor may lie above its anchor, never its price. */
function lowestOf(price: number, earnings: Earnings): number {
  return earnsEnough(price - 1, earnings) === true ? LOWEST : Math.max(price, LOWEST);
}

/** A person needs neither bot nor floor, but passes no limit that was typed or can be computed. */
function manualRefusal(input: ExitInput): Refusal | null {
  return hasExpired(input) ? "too_late" : refusalByLimits(input.decision.price, input.product);
}

/** What the limits of a product forbid of a price that a person wants, ₸; null: nothing. */
export function refusalByLimits(price: Tenge, product: Limits): Refusal | null {
  if (!Number.isSafeInteger(price)) return "not_a_price";
  if (price < LOWEST) return "below_lowest";
  if (earnsEnough(price, product.earnings) === false) return "unprofitable";
  return outside(price, product.floor ?? LOWEST, ceilingOf(product) ?? price);
}

/** The lower of the ceilings there are. */
function ceilingOf({ ceiling, markup }: Pick<Limits, "ceiling" | "markup">): number | null {
  const byCost = highestByCost(markup);
  if (ceiling === null || byCost === null) return ceiling ?? byCost;
  return ceiling < byCost ? ceiling : byCost;
}

function outside(price: number, floor: number, ceiling: number): Refusal | null {
  if (price < floor) return "below_floor";
  if (price > ceiling) return floor > ceiling ? "limits_crossed" : "above_ceiling";
  return null;
}

/** A bot's decision lives two intervals, a person's a day. */
function hasExpired({ now, decision, product }: ExitInput): boolean {
  const life = decision.origin === "bot" ? 2 * product.intervalMinutes * 60_000 : MANUAL_LIFE_MS;
  const age = now.getTime() - decision.decidedAt.getTime();
  return !(age <= life);
}
