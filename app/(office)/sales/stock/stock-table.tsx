"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { cn } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { type TableCell, tableColumns } from "@/components/ui/table-columns";
import { Picture } from "../../products/picture";
import type { StockLine } from "./stock-line";

type Cell = TableCell<StockLine>;
const { display, columns } = tableColumns<StockLine>();

const tones = { red: "font-medium text-red", amber: "text-amber", plain: "" };

const cells = {
  name: ({ row: { original } }: Cell) => (
    <div className="flex min-w-0 items-center gap-2.5">
      <Picture url={original.imageUrl} className="size-9 shrink-0 rounded-sm border bg-surface" />
      <div className="min-w-0">
        <Link
          href={`/products/${original.key}`}
          prefetch={false}
          className="block truncate text-blue hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
        >
          {original.name}
        </Link>
        <p className="truncate text-ink-faint text-xs">{original.sku}</p>
      </div>
    </div>
  ),
  stock: function Stock({ row: { original } }: Cell) {
    const t = useTranslations("sales.stock");
    return <span title={t(original.isOwnCount ? "ownCount" : "kaspiCount")}>{original.stock}</span>;
  },
  sold: ({ row: { original } }: Cell) => <span>{original.sold}</span>,
  left: ({ row: { original } }: Cell) => (
    <span className={cn("whitespace-nowrap", tones[original.left.tone])}>{original.left.text}</span>
  ),
};

type Props = {
  lines: StockLine[];
  page: number;
  total: number;
  pageSize: number;
  empty: ReactNode;
};

/** How long each product lasts. */
export function StockTable({ lines, page, total, pageSize, empty }: Props) {
  const t = useTranslations("sales.stock.columns");
  const shown = useMemo(
    () =>
      columns([
        display({
          id: "name",
          header: t("name"),
          cell: cells.name,
          meta: { card: "title", width: "md:w-full md:min-w-56 md:max-w-0" },
        }),
        display({
          id: "stock",
          header: t("stock"),
          cell: cells.stock,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "sold",
          header: t("sold"),
          cell: cells.sold,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "left",
          header: t("left"),
          cell: cells.left,
          meta: { card: "number", align: "right" },
        }),
      ]),
    [t],
  );
  return (
    <DataTable
      label={t("table")}
      columns={shown}
      rows={lines}
      rowId={(line) => line.key}
      footer={<Pagination page={page} total={total} pageSize={pageSize} />}
      empty={empty}
    />
  );
}
