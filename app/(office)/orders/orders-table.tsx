"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { KeysetPages } from "@/components/ui/keyset-pages";
import { orderColumns } from "./order-columns";
import type { OrderLine } from "./order-line";

type Props = {
  lines: OrderLine[];
  /** Where the older ones begin. */
  next: string | null;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
};

export function OrdersTable({ lines, next, empty }: Props) {
  const t = useTranslations("orders");
  const tColumns = useTranslations("orders.columns");
  const columns = useMemo(() => orderColumns(tColumns), [tColumns]);
  return (
    <DataTable
      label={t("table")}
      columns={columns}
      rows={lines}
      rowId={(line) => line.id}
      footer={<KeysetPages next={next}>{t("newestFirst")}</KeysetPages>}
      empty={empty}
    />
  );
}
