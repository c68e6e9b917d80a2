"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { HISTORY_PAGE, type RunLine } from "@/lib/runs/history-model";
import { historyColumns } from "./history-columns";
import { HistoryEmpty } from "./history-empty";

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
      empty={<HistoryEmpty page={page} />}
    />
  );
}
