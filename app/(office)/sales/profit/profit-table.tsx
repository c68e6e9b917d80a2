"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Money } from "@/components/money";
import { cn } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { type TableCell, tableColumns } from "@/components/ui/table-columns";
import type { ProfitLine } from "./profit-line";

type Cell = TableCell<ProfitLine>;
const { display, columns } = tableColumns<ProfitLine>();

const cells = {
  name: ({ row: { original } }: Cell) => (
    <div className="min-w-0">
      <p className="truncate max-md:line-clamp-2 max-md:whitespace-normal">
        {original.href ? (
          <Link href={original.href} prefetch={false} className="text-blue hover:underline">
            {original.name}
          </Link>
        ) : (
          original.name
        )}
      </p>
      <p className="truncate text-ink-faint text-xs">{original.sku}</p>
    </div>
  ),
  units: ({ row: { original } }: Cell) => (
    <Link href={original.ordersHref} prefetch={false} className="text-blue hover:underline">
      {original.units}
    </Link>
  ),
  revenue: ({ row: { original } }: Cell) => <Money amount={original.revenue} />,
  profit: function Profit({ row: { original } }: Cell) {
    const t = useTranslations("sales.profit");
    return (
      <span className={cn("whitespace-nowrap", original.isLosing && "font-medium text-red")}>
        <Money amount={original.profit} empty={t("notStated")} />
      </span>
    );
  },
  margin: ({ row: { original } }: Cell) => <span>{original.margin ?? "—"}</span>,
  notes: ({ row: { original } }: Cell) => (
    <div className="min-w-0 py-1 text-sm">
      {original.unknown && <p className="text-amber">{original.unknown}</p>}
      {original.worse && <p className="text-ink-soft">{original.worse}</p>}
    </div>
  ),
};

type Props = {
  lines: ProfitLine[];
  page: number;
  total: number;
  pageSize: number;
  empty: ReactNode;
};

/** What each product has earned, and what keeps it from being known. */
export function ProfitTable({ lines, page, total, pageSize, empty }: Props) {
  const t = useTranslations("sales.profit.columns");
  const shown = useMemo(
    () =>
      columns([
        display({
          id: "name",
          header: t("name"),
          cell: cells.name,
          meta: { card: "title", width: "md:w-84 md:min-w-56 md:max-w-84" },
        }),
        display({
          id: "units",
          header: t("units"),
          cell: cells.units,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "revenue",
          header: t("revenue"),
          cell: cells.revenue,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "profit",
          header: t("profit"),
          cell: cells.profit,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "margin",
          header: t("margin"),
          cell: cells.margin,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "notes",
          header: t("notes"),
          cell: cells.notes,
          meta: { card: "line", width: "md:w-full md:min-w-48" },
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
