"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { OfferLine } from "./offer-line";
import { Delivery, Rating } from "./offer-words";

const FEW = 8;

/** Who sells the card, cheapest first. Our own offer is always among the rows, however dear it is. */
export function MarketTable({ offers }: { offers: OfferLine[] }) {
  const t = useTranslations("products.product.market");
  const [all, setAll] = useState(false);
  const shown = all ? offers : offers.filter(({ whose }, index) => index < FEW || whose === "this");
  const hidden = offers.length - shown.length;
  const head = "h-8 border-b px-2 text-left font-medium text-ink-soft text-xs first:pl-0 last:pr-0";
  return (
    <div className="flex flex-col items-start gap-2">
      <table aria-label={t("table")} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={head}>
              {t("seller")}
            </th>
            <th scope="col" className={cn(head, "max-md:hidden")}>
              {t("delivery")}
            </th>
            <th scope="col" className={cn(head, "max-md:hidden")}>
              {t("rating")}
            </th>
            <th scope="col" className={cn(head, "text-right")}>
              {t("price")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((offer) => (
            <Row key={offer.key} offer={offer} />
          ))}
        </tbody>
      </table>
      {(hidden > 0 || all) && offers.length > FEW && (
        <Button look="ghost" size="sm" className="-ml-2" onClick={() => setAll(!all)}>
          {all ? t("fewer") : t("all", { count: hidden })}
        </Button>
      )}
    </div>
  );
}

function Row({ offer }: { offer: OfferLine }) {
  const t = useTranslations("products.product.market");
  const { seller, whose, price, preorderDays } = offer;
  const isThis = whose === "this";
  const cell = cn(
    "border-b px-2 py-2 align-baseline group-last:border-b-0 first:pl-0 last:pr-0 md:py-1.5",
    isThis && "bg-blue-soft first:rounded-l-sm first:pl-2 last:rounded-r-sm last:pr-2",
  );
  return (
    <tr className="group">
      <td className={cell}>
        <span className="flex flex-wrap items-center gap-x-2">
          <span className={cn("min-w-0 break-words", isThis && "font-medium")}>{seller}</span>
          {whose !== "rival" && <Badge tone="blue">{t(isThis ? "thisStore" : "ours")}</Badge>}
          {preorderDays > 0 && <Badge>{t("preorder", { days: preorderDays })}</Badge>}
        </span>
        <span className="block text-ink-soft text-xs md:hidden">
          <Delivery offer={offer} />
          {" · "}
          <Rating offer={offer} />
        </span>
      </td>
      <td className={cn(cell, "text-ink-soft max-md:hidden")}>
        <Delivery offer={offer} />
      </td>
      <td className={cn(cell, "text-ink-soft max-md:hidden")}>
        <Rating offer={offer} />
      </td>
      <td className={cn(cell, "text-right", isThis && "font-medium")}>
        <Money amount={price} />
      </td>
    </tr>
  );
}
