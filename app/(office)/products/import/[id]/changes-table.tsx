"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrlState } from "@/components/ui/url-state";
import { useAct } from "@/components/use-act";
import { useCounted } from "@/components/use-counted";
import { IMPORT_PAGE, type ImportView, importViews } from "@/lib/table-files/view-model";
import { take } from "../actions";
import { changeColumns } from "./change-columns";
import { useImportId } from "./import-id";
import type { ChangeLine } from "./import-line";

type Props = {
  view: ImportView;
  page: number;
  counts: Record<ImportView, number>;
  lines: ChangeLine[];
};

/** Cell by cell, a kind at a time. */
export function ChangesTable({ view, page, counts, lines }: Props) {
  const t = useTranslations("tables.import");
  const tTable = useTranslations("tables.import.table");
  const columns = useMemo(() => changeColumns(tTable), [tTable]);
  const counted = useCounted();
  const { go } = useUrlState();
  const { importId, isOpen } = useImportId();
  const { pending, act } = useAct();
  const shown = importViews.filter((one) => counts[one] > 0 || one === view);
  const takeAll = (taken: boolean) => act(() => take({ importId, nth: null, taken }));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <SegmentedControl
        label={t("filter.label")}
        value={view}
        options={shown.map((one) => ({
          value: one,
          label: t(`filter.${one}`),
          count: counted(counts[one]).shown,
        }))}
        onChoose={(chosen) => go({ view: chosen })}
      />
      {view === "conflict" && isOpen && counts.conflict > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-ink-soft text-sm">{t("conflictLead")}</p>
          <Button size="sm" disabled={pending} onClick={() => takeAll(true)}>
            {t("takeAll")}
          </Button>
          <Button size="sm" disabled={pending} onClick={() => takeAll(false)}>
            {t("dropAll")}
          </Button>
        </div>
      )}
      <DataTable
        label={t("table.label")}
        columns={columns}
        rows={lines}
        rowId={({ nth }) => String(nth)}
        empty={<EmptyState title={t("table.empty")} />}
        footer={<Pagination page={page} pageSize={IMPORT_PAGE} total={counts[view]} />}
      />
    </div>
  );
}
