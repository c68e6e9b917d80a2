"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { KeysetPages } from "@/components/ui/keyset-pages";
import { usePanel } from "@/components/ui/use-panel";
import { DecisionPanel } from "./decision-panel";
import { ledgerColumns } from "./ledger-columns";
import type { LedgerLine } from "./ledger-line";

type Props = {
  lines: LedgerLine[];
  /** Where the older ones begin. */
  next: string | null;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
};

export function LedgerTable({ lines, next, empty }: Props) {
  const t = useTranslations("ledger");
  const tColumns = useTranslations("ledger.columns");
  const columns = useMemo(() => ledgerColumns(tColumns), [tColumns]);
  const panel = usePanel("decision");
  const shown = lines.find(({ id }) => id === panel.value);
  return (
    <>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
        isMuted={(line) => line.change === null}
        footer={<KeysetPages next={next}>{t("newestFirst")}</KeysetPages>}
        empty={empty}
      />
      {shown && <DecisionPanel key={shown.id} line={shown} onClose={panel.close} />}
    </>
  );
}
