"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { UrlLink } from "@/components/ui/url-link";
import { type OptionalColumn, PAGE_SIZE } from "@/lib/products/filter-model";
import { nothingNarrowed } from "./narrow-panel";
import { productColumns } from "./product-columns";
import type { ProductLine } from "./product-line";
import { SelectPage } from "./select-boxes";

type Props = {
  lines: ProductLine[];
  page: number;
  total: number;
  hidden: readonly OptionalColumn[];
};

export function ProductsTable({ lines, page, total, hidden }: Props) {
  const t = useTranslations("products");
  const tColumns = useTranslations("products.columns");
  const columns = useMemo(() => productColumns(tColumns), [tColumns]);
  return (
    <DataTable
      label={t("table")}
      columns={columns}
      rows={lines}
      headStart={<SelectPage ids={lines.map(({ id }) => id)} />}
      hiddenColumns={hidden}
      rowId={(line) => line.id}
      isMuted={(line) => line.standing !== "on_sale"}
      footer={<Pagination page={page} pageSize={PAGE_SIZE} total={total} />}
      empty={
        <EmptyState
          title={t("empty.nothingFound.title")}
          action={
            <UrlLink
              patch={{ q: null, filter: null, watch: null, ...nothingNarrowed }}
              className={buttonLook({})}
            >
              {t("empty.nothingFound.act")}
            </UrlLink>
          }
        >
          {t("empty.nothingFound.text")}
        </EmptyState>
      }
    />
  );
}
