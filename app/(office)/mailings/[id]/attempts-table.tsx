"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import type { AttemptLine } from "./attempt-line";
import { attemptsColumns } from "./attempts-columns";

const without = { again: [] as string[], nothing: ["again"] };

type Props = {
  lines: AttemptLine[];
  /** Whether some may be sent again. */
  withAgain: boolean;
  footer: ReactNode;
};

/** What came of each letter of a run, in the order in which they left. */
export function AttemptsTable({ lines, withAgain, footer }: Props) {
  const t = useTranslations("mailings.attempts");
  const name = useTranslations("mailings.attempts.columns");
  const columns = useMemo(() => attemptsColumns(name), [name]);
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={lines}
      rowId={({ id }) => id}
      hiddenColumns={withAgain ? without.again : without.nothing}
      footer={footer}
      empty={<EmptyState title={t("none")} />}
    />
  );
}
