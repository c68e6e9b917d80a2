"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { ProductLine } from "./product-line";
import { useSelection } from "./selection";

export function SelectRow({ product }: { product: Pick<ProductLine, "id" | "name"> }) {
  const t = useTranslations("list.select");
  const { has, set } = useSelection();
  return (
    <span className="grid shrink-0 place-items-center pointer-coarse:-m-2 pointer-coarse:p-2">
      <Checkbox
        aria-label={t("one", { name: product.name })}
        checked={has(product.id)}
        onChange={(event) => set([product.id], event.target.checked)}
      />
    </span>
  );
}

/** Ticks the page as it is shown; the bar then offers what is on the others. */
export function SelectPage({ ids }: { ids: readonly string[] }) {
  const t = useTranslations("list.select");
  const { has, set } = useSelection();
  const ticked = ids.filter(has).length;
  return (
    <Checkbox
      aria-label={t("page")}
      checked={ids.length > 0 && ticked === ids.length}
      mixed={ticked > 0 && ticked < ids.length}
      onChange={(event) => set(ids, event.target.checked)}
      className="align-middle"
    />
  );
}
