import type { Outcome } from "./model";

const cancelled: ReadonlySet<string> = new Set([
  "CANCELLED",
  "CANCELLED_BY_MERCHANT",
  "CANCELLING",
  // A buyer who does not take what was brought: it comes back without having been sold.
  "KASPI_DELIVERY_RETURN_REQUESTED",
]);
const returned: ReadonlySet<string> = new Set(["RETURNED", "RETURNING", "RETURN_REQUESTED"]);

/**
 * What an order counts as, by Kaspi's word of the official API or the cabinet (protocol G1, G2). A word that
 * is not known is an order under way.
 */
export function outcomeOf(status: string): Outcome {
  if (cancelled.has(status)) return "cancelled";
  if (returned.has(status)) return "returned";
  return status === "COMPLETED" ? "completed" : "open";
}
