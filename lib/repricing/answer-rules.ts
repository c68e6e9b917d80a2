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

/** Whether a change goes no further than a person has agreed to. */
export function isAgreed(said: PriceAnswer, change: { current: Tenge; price: Tenge }): boolean {
  const { answer, price: agreed } = said;
  const { current, price } = change;
  const [low, high] = current < agreed ? [current, agreed] : [agreed, current];
  return answer === "agreed" && isAsFarAs(said, current) && price >= low && price <= high;
}

/** Whether a price goes as far as one that a person has refused, or further. */
export function isRefused({ answer, price: refused, priceBefore }: PriceAnswer, price: Tenge) {
  if (answer !== "refused") return false;
  return priceBefore !== null && refused > priceBefore ? price >= refused : price <= refused;
}
