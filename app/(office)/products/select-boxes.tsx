"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { TableHead, TableRow } from "@/components/ui/table-columns";
import type { ProductLine } from "./product-line";

export function SelectRow({ row }: { row: TableRow<ProductLine> }) {
  const t = useTranslations("list.select");
  return (
    <span className="grid shrink-0 place-items-center pointer-coarse:-m-2 pointer-coarse:p-2">
      <Checkbox
        aria-label={t("one", { name: row.original.name })}
        checked={row.getIsSelected()}
        onChange={(event) => row.toggleSelected(event.target.checked)}
      />
    </span>
  );
}

/** Ticks the page as it is shown; the bar then offers what is on the others. */
export function SelectPage({ table }: TableHead<ProductLine>) {
  const t = useTranslations("list.select");
  const all = table.getIsAllRowsSelected();
  return (
    <Checkbox
      aria-label={t("page")}
      checked={all}
      mixed={!all && table.getIsSomeRowsSelected()}
      onChange={(event) => table.toggleAllRowsSelected(event.target.checked)}
      className="align-middle"
    />
  );
}
