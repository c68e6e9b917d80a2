"use client";

import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import type { TableHead, TableRow } from "@/components/ui/table-columns";

type Props<Line extends RowData> = { row: TableRow<Line>; name: string; disabled?: boolean };

export function SelectRow<Line extends RowData>({ row, name, disabled }: Props<Line>) {
  const t = useTranslations("list.select");
  return (
    <span className="grid shrink-0 place-items-center pointer-coarse:-m-2 pointer-coarse:p-2">
      <Checkbox
        aria-label={t("one", { name })}
        checked={row.getIsSelected()}
        disabled={disabled}
        onChange={(event) => row.toggleSelected(event.target.checked)}
      />
    </span>
  );
}

/** Ticks the page as it is shown; what is on the others is the owner's business. */
export function SelectPage<Line extends RowData>({ table }: TableHead<Line>) {
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
