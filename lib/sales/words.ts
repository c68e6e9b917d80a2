import type { Translator } from "@/lib/i18n/translator";
import type { DeliveryKind } from "@/lib/orders/delivery-model";
import { paymentText } from "@/lib/orders/words";
import type { SalesDimension } from "./model";

/** What a part of the figures is called; where Kaspi does not say, that. */
export function partName(t: Translator, by: SalesDimension, name: string): string {
  if (name === "") return t("sales.parts.unknown");
  if (by === "payment") return paymentText(t, name);
  return by === "delivery" ? t(`orders.delivery.${name as DeliveryKind}`) : name;
}

/** What is not known of a product's profit. */
export const missingText = (t: Translator, missing: string): string =>
  t(`sales.profit.lacks.${missing as "cost"}`);
