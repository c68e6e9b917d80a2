"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { type AttemptLine, attemptsColumns } from "./attempts-columns";

const none: string[] = [];

/** What came of each letter of a run, in the order in which they left. */
export function AttemptsTable({ rows, footer }: { rows: AttemptLine[]; footer: ReactNode }) {
  const t = useTranslations("mailings.attempts");
  const columns = useMemo(() => attemptsColumns(t), [t]);
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      hiddenColumns={none}
      footer={footer}
      empty={<EmptyState title={t("none")} />}
    />
  );
}
