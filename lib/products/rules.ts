import { type Tenge, tenge } from "@/lib/core/money";

/** 1 299 for 12 990 is a typing error: a floor under half of the present price is asked back. */
export function floorNeedsConfirmation(floor: Tenge, price: Tenge): boolean {
  return floor * 2 < price;
}

/** Switching a bot off and on again never lowers the ceiling it had. */
export function anchorWhenSwitchedOn(anchor: Tenge | null, price: Tenge | null): Tenge | null {
  if (price === null) return anchor;
  return tenge(Math.max(anchor ?? 0, price));
}
