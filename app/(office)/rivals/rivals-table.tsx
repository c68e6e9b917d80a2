"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { SearchBox } from "@/components/ui/search-box";
import { UrlLink } from "@/components/ui/url-link";
import { RIVALS_PAGE } from "@/lib/rivals/list-model";
import type { RivalLine } from "./rival-line";
import { rivalsColumns } from "./rivals-columns";

type Props = { lines: RivalLine[]; page: number; total: number };

export function RivalsTable({ lines, page, total }: Props) {
  const t = useTranslations("rivals");
  const tColumns = useTranslations("rivals.columns");
  const columns = useMemo(() => rivalsColumns(tColumns), [tColumns]);
  return (
    <>
      <SearchBox placeholder={t("search")} className="w-80 max-md:w-full" />
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.merchantId}
        isMuted={(line) => line.excluded === "yes"}
        footer={<Pagination page={page} pageSize={RIVALS_PAGE} total={total} />}
        empty={
          <EmptyState
            title={t("empty.title")}
            action={
              <UrlLink patch={{ q: null }} className={buttonLook({})}>
                {t("empty.act")}
              </UrlLink>
            }
          >
            {t("empty.text")}
          </EmptyState>
        }
      />
    </>
  );
}
