"use client";

import { useTranslations } from "next-intl";
import { EditableMoney } from "@/components/editable-money";
import type { ProductRow } from "@/lib/products/model";
import { saveLimits } from "./actions";
import { cellOutcome } from "./cell-outcome";

type Props = {
  product: Pick<ProductRow, "id" | "name" | "floor" | "ceiling" | "isWritable">;
  limit: "floor" | "ceiling";
};

/** A product's floor or ceiling, edited where it stands; an empty one is cleared. */
export function LimitCell({ product, limit }: Props) {
  const t = useTranslations("products.row");
  const { id, name, isWritable } = product;
  return (
    <EditableMoney
      label={t(`${limit}Of`, { name })}
      amount={product[limit]}
      empty={t(isWritable ? `${limit}Empty` : "ceilingEmpty")}
      disabled={!isWritable}
      save={async (amount, confirm) =>
        cellOutcome(await saveLimits({ productId: id, [limit]: amount, confirm }), limit)
      }
    />
  );
}
