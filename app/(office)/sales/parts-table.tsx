"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { type TableCell, tableColumns } from "@/components/ui/table-columns";
import type { PartLine } from "./part-line";
import { SumLink } from "./sum-link";

type Cell = TableCell<PartLine>;
const { display, columns } = tableColumns<PartLine>();

const cells = {
  name: ({ row: { original } }: Cell) =>
    original.href ? (
      <Link href={original.href} prefetch={false} className="text-blue hover:underline">
        {original.name}
      </Link>
    ) : (
      <span>{original.name}</span>
    ),
  orders: ({ row: { original } }: Cell) =>
    original.orders && (
      <Link href={original.orders.href} prefetch={false} className="text-blue hover:underline">
        {original.orders.text}
      </Link>
    ),
  units: ({ row: { original } }: Cell) => <span>{original.units ?? "—"}</span>,
  revenue: ({ row: { original } }: Cell) => (
    <SumLink amount={original.revenue} href={original.revenueHref} />
  ),
  share: ({ row: { original } }: Cell) => <span>{original.share}</span>,
  cancelled: ({ row: { original } }: Cell) => (
    <SumLink amount={original.cancelledSum} href={original.cancelledHref} />
  ),
  returned: ({ row: { original } }: Cell) => (
    <SumLink amount={original.returnedSum} href={original.returnedHref} />
  ),
};

type Props = {
  lines: PartLine[];
  hasUnits: boolean;
  hasOrders: boolean;
  page: number;
  total: number;
  pageSize: number;
  empty: ReactNode;
};

/** What the period is made of; each number leads to its orders. */
export function PartsTable({ lines, hasUnits, hasOrders, page, total, pageSize, empty }: Props) {
  const t = useTranslations("sales.parts");
  const shown = useMemo(
    () =>
      columns([
        display({
          id: "name",
          header: t("name"),
          cell: cells.name,
          meta: { card: "title", width: "md:w-full md:min-w-48 md:max-w-0" },
        }),
        ...(hasOrders
          ? [
              display({
                id: "orders",
                header: t("orders"),
                cell: cells.orders,
                meta: { card: "number", align: "right" },
              }),
            ]
          : []),
        ...(hasUnits
          ? [
              display({
                id: "units",
                header: t("units"),
                cell: cells.units,
                meta: { card: "number", align: "right" },
              }),
            ]
          : []),
        display({
          id: "revenue",
          header: t("revenue"),
          cell: cells.revenue,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "share",
          header: t("share"),
          cell: cells.share,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "cancelled",
          header: t("cancelled"),
          cell: cells.cancelled,
          meta: { card: "number", align: "right" },
        }),
        display({
          id: "returned",
          header: t("returned"),
          cell: cells.returned,
          meta: { card: "number", align: "right" },
        }),
      ]),
    [t, hasUnits, hasOrders],
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
