"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import type { KeyLine } from "./key-line";
import { keysColumns } from "./keys-columns";

const ofPeople = ["person"];
const none: string[] = [];

type Props = { lines: KeyLine[]; showsPeople: boolean };

export function KeysTable({ lines, showsPeople }: Props) {
  const t = useTranslations("keys");
  const tColumns = useTranslations("keys.columns");
  const columns = useMemo(() => keysColumns(tColumns), [tColumns]);
  return (
    <DataTable
      label={t("table")}
      columns={columns}
      rows={lines}
      rowId={({ id }) => id}
      hiddenColumns={showsPeople ? none : ofPeople}
      isMuted={({ end }) => end?.isPast === true}
      empty={<EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>}
    />
  );
}
