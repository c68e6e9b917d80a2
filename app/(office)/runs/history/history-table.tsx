"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { UrlLink } from "@/components/ui/url-link";
import { HISTORY_PAGE, type RunLine } from "@/lib/runs/history-model";
import { historyColumns } from "./history-columns";
import { nothingChosen } from "./history-filters";

type Props = { lines: RunLine[]; page: number; total: number };

export function HistoryTable({ lines, page, total }: Props) {
  const t = useTranslations("runs.history");
  const tColumns = useTranslations("runs.history.columns");
  const columns = useMemo(() => historyColumns(tColumns), [tColumns]);
  return (
    <DataTable
      label={t("table")}
      columns={columns}
      rows={lines}
      rowId={(line) => line.id}
      footer={<Pagination page={page} pageSize={HISTORY_PAGE} total={total} />}
      empty={
        <EmptyState
          title={t("empty.title")}
          action={
            <UrlLink patch={nothingChosen} className={buttonLook({})}>
              {t("empty.act")}
            </UrlLink>
          }
        >
          {t("empty.text")}
        </EmptyState>
      }
    />
  );
}
