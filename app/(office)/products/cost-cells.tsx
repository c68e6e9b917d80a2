"use client";

import { useLocale, useTranslations } from "next-intl";
import { EditableMoney } from "@/components/editable-money";
import { Money } from "@/components/money";
import { cn } from "@/components/ui/class-names";
import type { Margin } from "@/lib/costs/margins";
import { formatNumber } from "@/lib/i18n/money";
import { saveCost } from "./actions";
import { cellOutcome } from "./cell-outcome";
import type { ProductLine } from "./product-line";

/** What a product costs, edited where it stands; an empty one is "not set". */
export function CostCell({ product }: { product: ProductLine }) {
  const t = useTranslations("products.row");
  const { id, name, cost, isWritable } = product;
  return (
    <EditableMoney
      label={t("costOf", { name })}
      amount={cost}
      {...(isWritable && { empty: t("costEmpty") })}
      disabled={!isWritable}
      save={async (amount, confirm) =>
        cellOutcome(await saveCost({ productId: id, cost: amount, confirm }), "cost")
      }
    />
  );
}

/** What the present price earns. */
export function MarginCell({ margin }: { margin: Margin | null }) {
  const locale = useLocale();
  if (!margin) return <Money amount={null} />;
  return (
    <span className={cn("whitespace-nowrap", margin.profit < 0 && "text-red")}>
      <Money amount={margin.profit} />{" "}
      <span className="text-ink-soft text-xs">
        {formatNumber(Math.round(margin.margin / 10) / 10, locale)} %
      </span>
    </span>
  );
}
