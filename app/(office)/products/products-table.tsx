"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { SelectPage } from "@/components/select-boxes";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { type OptionalColumn, PAGE_SIZE } from "@/lib/products/filter-model";
import { productColumns } from "./product-columns";
import type { ProductLine } from "./product-line";
import { usePageTicks } from "./selection";
import { useSteadyRows } from "./use-steady-rows";

type Props = {
  lines: ProductLine[];
  page: number;
  total: number;
  hidden: readonly OptionalColumn[];
  /** Instead of rows. */
  empty: ReactNode;
};

export function ProductsTable({ lines, page, total, hidden, empty }: Props) {
  const t = useTranslations("products");
  const tColumns = useTranslations("products.columns");
  const columns = useMemo(() => productColumns(tColumns), [tColumns]);
  const { rows, hands } = useSteadyRows(lines, useSearchParams().toString());
  return (
    <div className="contents" {...hands}>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={rows}
        ticks={usePageTicks(rows)}
        HeadStart={SelectPage}
        hiddenColumns={hidden}
        rowId={(line) => line.id}
        isMuted={(line) => line.standing !== "on_sale"}
        footer={<Pagination page={page} pageSize={PAGE_SIZE} total={total} />}
        empty={empty}
      />
    </div>
  );
}
