import type { Tenge } from "@/lib/core/money";

/** What a person has answered about a price, ₸, and the price it was to be a change of. */
export type PriceAnswer = {
  answer: "agreed" | "refused";
  price: Tenge;
  priceBefore: Tenge | null;
};

/** Whether from this price it is no further to the answered one than from the price the person has seen. */
export function isAsFarAs({ price, priceBefore }: PriceAnswer, current: Tenge | null): boolean {
  if (priceBefore === null || current === null) return true;
  return price < priceBefore ? current <= priceBefore : current >= priceBefore;
}

/** Not the answer that the price on its way leaves by: nothing is, or it was given after that had left. */
export function isUnspent(
  { priceBefore }: Pick<PriceAnswer, "priceBefore">,
  inFlight: Tenge | null,
): boolean {
  return inFlight === null || priceBefore === inFlight;
}

/** Whether a change goes no further than a person has agreed to. */
export function isAgreed(said: PriceAnswer, change: { current: Tenge; price: Tenge }): boolean {
  const { answer, price: agreed } = said;
  const { current, price } = change;
  const [low, high] = current < agreed ? [current, agreed] : [agreed, current];
  return answer === "agreed" && isAsFarAs(said, current) && price >= low && price <= high;
}

/** Whether a change goes as far as one that a person has refused, or further; not one that comes back from there. */
export function isRefused(
  { answer, price: refused, priceBefore }: PriceAnswer,
  { current, price }: { current: Tenge; price: Tenge },
): boolean {
  if (answer !== "refused") return false;
  if (priceBefore !== null && refused > priceBefore) return price >= refused && price > current;
  return price <= refused && price < current;
}
