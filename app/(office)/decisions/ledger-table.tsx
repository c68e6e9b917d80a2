"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { KeysetPages } from "@/components/ui/keyset-pages";
import { UrlLink } from "@/components/ui/url-link";
import { usePanel } from "@/components/ui/use-panel";
import { DecisionPanel } from "./decision-panel";
import { ledgerColumns } from "./ledger-columns";
import { nothingChosen } from "./ledger-filters";
import type { LedgerLine } from "./ledger-line";

type Props = {
  lines: LedgerLine[];
  /** Where the older ones begin. */
  next: string | null;
  /** Nothing was ever decided: not the same as nothing found. */
  isEmpty: boolean;
};

export function LedgerTable({ lines, next, isEmpty }: Props) {
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
        empty={
          isEmpty ? (
            <EmptyState title={t("none.title")}>{t("none.text")}</EmptyState>
          ) : (
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
          )
        }
      />
      {shown && <DecisionPanel key={shown.id} line={shown} onClose={panel.close} />}
    </>
  );
}
