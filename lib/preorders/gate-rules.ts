// The gate of a preorder's writes. What it asks of a price is asked by the exit gate of prices.

export type Leaving = {
  now: Date;
  /** The kill switch, of the store or of everything. */
  sendingStopped: boolean;
  /** When Kaspi's row was asked for, and what it says; null: the article is not in the list. */
  readAt: Date;
  kaspi: { onSale: boolean; pending: boolean } | null;
  /** Whether it shows already what is wanted. */
  isShown: boolean;
  isEnding: boolean;
  /** Whether the store still has all points of the preorder. */
  knowsPoints: boolean;
  /** What the exit gate has against the price that puts it on sale; null: nothing, or it is on sale. */
  priceRefusal: string | null;
};

export type LeavingVerdict =
  | { kind: "pass" }
  /** There is nothing to write: it is so already, or the goods are not on sale any more. */
  | { kind: "nothing" }
  | { kind: "wait"; why: "sending_stopped" | "pending_at_kaspi" }
  | { kind: "refuse"; why: string }
  | { kind: "read_again" };

/** What is repeated of stock and points is that of this row: an older one is read again. */
const ROW_LIFE_MS = 15_000;

/** May this write leave the house now? Texts: `preorders.why.<why>`. */
export function judgeLeaving(leaving: Leaving): LeavingVerdict {
  const { now, readAt, kaspi, isEnding } = leaving;
  if (leaving.sendingStopped) return { kind: "wait", why: "sending_stopped" };
  if (!(now.getTime() - readAt.getTime() <= ROW_LIFE_MS)) return { kind: "read_again" };
  if (!kaspi) return isEnding ? { kind: "nothing" } : { kind: "refuse", why: "gone" };
  if (kaspi.pending) return { kind: "wait", why: "pending_at_kaspi" };
  // Whoever has taken the goods off sale meanwhile wants them off sale.
  if (leaving.isShown || (isEnding && !kaspi.onSale)) return { kind: "nothing" };
  if (!isEnding && !leaving.knowsPoints) return { kind: "refuse", why: "point_unknown" };
  if (leaving.priceRefusal !== null) return { kind: "refuse", why: leaving.priceRefusal };
  return { kind: "pass" };
}
