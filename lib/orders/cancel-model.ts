/** Why a seller may cancel, by the words of the official API. No schema in here: the browser needs it, too. */
export const cancelReasons = [
  "BUYER_CANCELLATION_BY_MERCHANT",
  "BUYER_NOT_REACHABLE",
  "MERCHANT_OUT_OF_STOCK",
] as const;
export type CancelReason = (typeof cancelReasons)[number];
