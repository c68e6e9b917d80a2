"use client";

import { functionalUpdate, type RowSelectionState } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { SelectPage } from "@/components/select-boxes";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { usePanel } from "@/components/ui/use-panel";
import { useCounted } from "@/components/use-counted";
import { PREORDERS_PAGE } from "@/lib/preorders/filter-model";
import { preorderColumns } from "./preorder-columns";
import type { PreorderLine } from "./preorder-line";
import { PreorderPanel } from "./preorder-panel";
import { useSend } from "./use-send";

type Props = {
  lines: PreorderLine[];
  page: number;
  total: number;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
};

/** The list, one of it beside it, and what can be sent of those that are ticked. */
export function PreordersTable({ lines, page, total, empty }: Props) {
  const t = useTranslations("preorders");
  const tColumns = useTranslations("preorders.columns");
  const counted = useCounted();
  const columns = useMemo(() => preorderColumns(tColumns), [tColumns]);
  const [ticked, setTicked] = useState<RowSelectionState>({});
  const { pending, send } = useSend();
  const panel = usePanel("preorder");
  const shown = lines.find(({ id }) => id === panel.value);
  const chosen = lines.filter(({ id, maySend }) => ticked[id] && maySend).map(({ id }) => id);
  return (
    <>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
        ticks={{
          ticked,
          onChange: (updater) => setTicked((before) => functionalUpdate(updater, before)),
        }}
        HeadStart={SelectPage}
        isMuted={(line) => line.endedAt !== null}
        footer={<Pagination page={page} pageSize={PREORDERS_PAGE} total={total} />}
        empty={empty}
      />
      {chosen.length > 0 && (
        <section
          aria-label={t("many.label")}
          className="flex shrink-0 animate-appear flex-wrap items-center gap-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:sticky max-md:bottom-16 max-md:z-20"
        >
          <p aria-live="polite" className="mr-auto font-medium">
            {t("many.chosen", counted(chosen.length))}
          </p>
          <Button
            look="primary"
            pending={pending}
            onClick={() => send(chosen, { after: () => setTicked({}) })}
          >
            {t("act.sendMany", counted(chosen.length))}
          </Button>
        </section>
      )}
      {shown && <PreorderPanel key={shown.id} line={shown} onClose={panel.close} />}
    </>
  );
}
