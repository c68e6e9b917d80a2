"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import type { RunRow } from "@/lib/mailings/runs/history-queries";
import { runsColumns } from "./runs-columns";

type Props = { runs: readonly RunRow[]; shown: number };

/** Every sending beside the others: by whom or what, how far, what came of it. */
export function RunsPanel({ runs, shown }: Props) {
  const t = useTranslations("mailings.runs");
  const name = useTranslations("mailings.runs.columns");
  const columns = useMemo(() => runsColumns(name), [name]);
  const lines = runs.map((run) => ({ ...run, isShown: run.number === shown }));
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold text-lg">{t("title")}</h2>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={lines}
        rowId={({ id }) => id}
        empty={null}
      />
    </section>
  );
}
