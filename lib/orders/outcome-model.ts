/** What has become of an order, as figures part them. */
export type Outcome = "open" | "completed" | "cancelled" | "returned";

export const cancelledStatuses = [
  "CANCELLED",
  "CANCELLED_BY_MERCHANT",
  "CANCELLING",
  // A buyer who does not take what was brought: it comes back without having been sold.
  "KASPI_DELIVERY_RETURN_REQUESTED",
] as const;
export const returnedStatuses = ["RETURNED", "RETURNING", "RETURN_REQUESTED"] as const;

const cancelled: ReadonlySet<string> = new Set(cancelledStatuses);
const returned: ReadonlySet<string> = new Set(returnedStatuses);

/**
 * What an order counts as, by Kaspi's word of the official API or the cabinet (protocol G1, G2). A word that
 * is not known is an order under way.
 */
export function outcomeOf(status: string): Outcome {
  if (cancelled.has(status)) return "cancelled";
  if (returned.has(status)) return "returned";
  return status === "COMPLETED" ? "completed" : "open";
}

/** What lines of orders are summed under: their product where that is known, else their article, else their name. */
export function lineKey({
  productId,
  sku,
  name,
}: {
  productId: string | null;
  sku: string | null;
  name: string;
}): string {
  if (productId !== null) return `product ${productId}`;
  if (sku !== null) return `article ${sku}`;
  return `name ${[...name].slice(0, LONGEST_NAME).join("")}`;
}

/** Kaspi's names can be longer than an index takes; cut between letters, never within one. */
export const LONGEST_NAME = 200;

/** Of a part of the figures what Kaspi does not say. */
export const UNSTATED = "unstated";
/** Of the orders behind a figure: neither cancelled nor returned, or one of those. */
export const figureOutcomes = ["sold", "cancelled", "returned"] as const;
