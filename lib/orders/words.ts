import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { deliveryOf } from "./delivery-model";

type Key = Parameters<Translator>[0];

/** A word of Kaspi's as sellers say it; one we do not know as Kaspi writes it. */
function said(t: Translator, group: string, word: string): string {
  const key = `orders.${group}.${word}` as Key;
  return t.has(key) ? t(key) : word;
}

export const stateText = (t: Translator, state: string) => said(t, "state", state);
export const statusText = (t: Translator, status: string) => said(t, "status", status);
export const reasonText = (t: Translator, reason: string) => said(t, "reason", reason);
export const paymentText = (t: Translator, payment: string) => said(t, "payment", payment);

export function deliveryText(t: Translator, order: Parameters<typeof deliveryOf>[0]): string {
  const kind = deliveryOf(order);
  return t(kind === null ? "orders.page.unknown" : `orders.delivery.${kind}`);
}

type Ordered = { quantity: number; kilograms: number | null };

/** How much of a line was ordered: what is weighed by its weight. */
export function amountText(
  t: Translator,
  { quantity, kilograms }: Ordered,
  locale: Locale,
): string {
  const count = kilograms ?? quantity;
  const shown = { count, shown: formatNumber(count, locale) };
  return t(kilograms === null ? "orders.pieces" : "orders.kilograms", shown);
}
