import type { Tenge } from "@/lib/core/money";

/** Why a price is not put back. Texts: `reasons.undo.<why>`; what the gate says is `reasons.gate.<why>`. */
export const undoWhys = [
  /** It never reached Kaspi. */
  "never_left",
  /** Somebody or something has changed the price since. */
  "changed_since",
  "no_price_before",
  "not_on_sale",
  "gone",
  /** Its city is no longer priced. */
  "other_city",
  "below_floor",
  "above_ceiling",
] as const;

export type UndoWhy = (typeof undoWhys)[number];

export type UndoTarget = { runId: string } | { decisionId: string };

export type UndoSkip = {
  productId: string;
  cityId: string;
  sku: string;
  name: string;
  why: UndoWhy;
};

/** What an undo would do, said before the press. */
export type UndoPreview = {
  /** Prices that would be sent back to what they were. */
  back: number;
  /** Changes that have not left and would not leave any more. */
  withdrawn: number;
  /** Bots that would stand still until a person lets them go on. */
  locked: number;
  skipped: UndoSkip[];
  /** When the last of them would have been sent, by budget and pace; null: sending is stopped. */
  endsAt: Date | null;
};

/** A change as an undo meets it, ₸. */
export type UndoSubject = {
  decisionId: string;
  productId: string;
  cityId: string;
  sku: string;
  name: string;
  seq: number;
  state: "waiting" | "left" | "never_left";
  price: Tenge | null;
  priceBefore: Tenge | null;
  /** Something newer has left for Kaspi, or waits by a person's hand. */
  isOutdated: boolean;
  /** The price on its way, else what Kaspi shows. */
  current: Tenge | null;
  floor: Tenge | null;
  ceiling: Tenge | null;
  anchor: Tenge | null;
  /** The anchor before the change, if it was a person's; null: there was none, or the bot made it. */
  anchorBefore: Tenge | null;
  isByPerson: boolean;
  manualLock: boolean;
  botEnabled: boolean;
  isLead: boolean;
  isPriced: boolean;
  onSale: boolean;
  isGone: boolean;
};
