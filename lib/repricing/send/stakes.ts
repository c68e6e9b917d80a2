import { earningsOf } from "@/lib/costs/margins";
import type { Tx } from "@/lib/db/client";
import type { Check } from "@/lib/repricing/check/check-products";
import { placeAt } from "@/lib/repricing/decide/place-rules";
import type { Stake } from "./turn-rules";

/** What each of these changes of price has at stake: costs and tariffs are read once for all. */
export async function stakesOf(
  tx: Tx,
  merchantId: string,
  checks: readonly Check[],
  now: Date,
): Promise<(check: Check) => Stake> {
  const changing = checks.filter(({ decision }) => decision.kind === "change");
  const costed = changing.map(({ subject }) => ({ ...subject, id: subject.productId }));
  const earnings = await earningsOf(tx, costed, now);
  return (check) => {
    const { subject, decision, input, rule } = check;
    const { current } = input;
    const isBelowFloor = current !== null && rule.floor !== null && current < rule.floor;
    if (decision.kind !== "change") return { places: null, margin: null, isBelowFloor };
    const { price } = decision;
    const earned = earnings(subject.productId, price);
    const margin = earned === null ? null : earned / price;
    return { places: placesOf(check, merchantId, price), margin, isBelowFloor };
  };
}

function placesOf(
  { input: { current }, observed }: Check,
  merchantId: string,
  price: Parameters<typeof placeAt>[0],
): Stake["places"] {
  if (!observed || current === null) return null;
  const others = observed.offers.filter((offer) => offer.merchantId !== merchantId);
  return { before: placeAt(current, others).place, after: placeAt(price, others).place };
}
