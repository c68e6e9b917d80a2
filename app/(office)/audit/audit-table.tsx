"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { KeysetPages } from "@/components/ui/keyset-pages";
import { usePanel } from "@/components/ui/use-panel";
import { auditColumns } from "./audit-columns";
import type { AuditLine } from "./audit-line";
import { AuditPanel } from "./audit-panel";

type Props = {
  lines: AuditLine[];
  /** Where the older ones begin. */
  next: string | null;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
};

export function AuditTable({ lines, next, empty }: Props) {
  const t = useTranslations("audit");
  const tColumns = useTranslations("audit.columns");
  const columns = useMemo(() => auditColumns(tColumns), [tColumns]);
  const panel = usePanel("entry");
  const shown = lines.find(({ id }) => id === panel.value);
  return (
    <>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
        footer={<KeysetPages next={next}>{t("newestFirst")}</KeysetPages>}
        empty={empty}
      />
      {shown && <AuditPanel key={shown.id} line={shown} onClose={panel.close} />}
    </>
  );
}
