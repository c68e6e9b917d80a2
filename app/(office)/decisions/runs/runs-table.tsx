"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { KeysetPages } from "@/components/ui/keyset-pages";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import type { PricingRunLine } from "./run-line";
import { runsColumns } from "./runs-columns";

type Props = {
  lines: PricingRunLine[];
  show: "eventful" | "all";
  next: string | null;
  severalStores: boolean;
};

export function RunsTable({ lines, show, next, severalStores }: Props) {
  const t = useTranslations("ledger.runs");
  const tLedger = useTranslations("ledger");
  const tColumns = useTranslations("ledger.runs.columns");
  const { go } = useUrlState();
  const columns = useMemo(() => runsColumns(tColumns, severalStores), [tColumns, severalStores]);
  const nothing = show === "all" ? "noneAtAll" : "none";
  return (
    <>
      <div>
        <SegmentedControl
          label={t("filter.label")}
          value={show}
          options={(["eventful", "all"] as const).map((value) => ({
            value,
            label: t(`filter.${value}`),
          }))}
          onChoose={(chosen) => go({ show: chosen === "all" ? chosen : null })}
        />
      </div>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
        isMuted={(line) => line.isQuiet}
        footer={<KeysetPages next={next}>{tLedger("newestFirst")}</KeysetPages>}
        empty={<EmptyState title={t(`${nothing}.title`)}>{t(`${nothing}.text`)}</EmptyState>}
      />
    </>
  );
}
