import type { Tone } from "@/components/ui/notice";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import type { OrderTab } from "@/lib/orders/model";
import type { OrderRow } from "@/lib/orders/shown-queries";
import { amountText, deliveryText, reasonText, statusText } from "@/lib/orders/words";

/** An order as the list has it. */
export type OrderLine = Pick<OrderRow, "id" | "code" | "orderedAt" | "totalPrice"> & {
  imageUrl: string | null;
  product: string;
  /** «и ещё 2», the article, how many. */
  more: string;
  where: string;
  delivery: string;
  buyer: string | null;
  state: { text: string; tone: Tone };
  /** Why it was cancelled, or until when it waits. */
  note: string | null;
  until: Date | null;
  marks: string[];
};

const tones: Record<OrderTab, Tone> = {
  new: "blue",
  sign: "amber",
  pickup: "blue",
  delivery: "blue",
  preorder: "plain",
  packing: "amber",
  handover: "blue",
  transmitted: "plain",
  returning: "red",
  archive: "plain",
  other: "plain",
};

/** Of the archive the status says more than the tab. */
export function toneOf({ tab, status }: Pick<OrderRow, "tab" | "status">): Tone {
  if (tab !== "archive") return tones[tab];
  return status === "COMPLETED" ? "green" : "red";
}

export const pieces = (count: number, locale: Locale) => ({
  count,
  shown: formatNumber(count, locale),
});

type Reader = { t: Translator; locale: Locale; severalStores: boolean };

function noteOf({ unsureSince, leftAt, cancellationReason: why }: OrderRow, t: Translator) {
  if (unsureSince) return t("orders.unsure");
  if (leftAt) return t("orders.left");
  return why === null ? null : reasonText(t, why);
}

export function orderLine(order: OrderRow, { t, locale, severalStores }: Reader): OrderLine {
  const [first, ...others] = order.entries;
  const { tab } = order;
  const amount = first ? amountText(t, first, locale) : null;
  const another = others.length > 0 ? t("orders.andMore", pieces(others.length, locale)) : null;
  return {
    id: order.id,
    code: order.code,
    orderedAt: order.orderedAt,
    totalPrice: order.totalPrice,
    imageUrl: first?.imageUrl ?? null,
    product: first?.name ?? t("orders.noLines"),
    more: [first?.sku, amount, another].filter(Boolean).join(" · "),
    where: [severalStores ? order.storeName : null, order.cityName, order.pointLabel]
      .filter(Boolean)
      .join(" · "),
    delivery: deliveryText(t, order),
    buyer: order.buyerName,
    state: {
      text:
        tab === "archive" || tab === "other" ? statusText(t, order.status) : t(`orders.tab.${tab}`),
      tone: toneOf(order),
    },
    note: noteOf(order, t),
    until: tab === "packing" || tab === "handover" ? order.handoverBy : null,
    marks: order.preOrder ? [t("orders.mark.preorder")] : [],
  };
}
