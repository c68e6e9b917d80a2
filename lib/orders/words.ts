import type { Translator } from "@/lib/i18n/translator";

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

type Delivery = { deliveryMode: string | null; isKaspiDelivery: boolean; express: boolean };

/** How the goods reach the buyer (protocol G2: a postomat is Kaspi's delivery to a pickup). */
export function deliveryText(t: Translator, order: Delivery): string {
  if (order.express) return t("orders.delivery.express");
  if (order.isKaspiDelivery)
    return t(
      order.deliveryMode === "DELIVERY_PICKUP"
        ? "orders.delivery.postomat"
        : "orders.delivery.kaspi",
    );
  return t(
    order.deliveryMode === "DELIVERY_PICKUP" ? "orders.delivery.pickup" : "orders.delivery.own",
  );
}
