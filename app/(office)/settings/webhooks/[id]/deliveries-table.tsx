"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import type { DeliveryLine } from "@/lib/webhooks/event-model";
import { deliveriesColumns } from "./deliveries-columns";

const none: string[] = [];
const acts = ["acts"];

type Props = { rows: DeliveryLine[]; maySend: boolean; footer: ReactNode };

export function DeliveriesTable({ rows, maySend, footer }: Props) {
  const t = useTranslations("webhooks.log");
  const tColumns = useTranslations("webhooks.log.columns");
  const columns = useMemo(() => deliveriesColumns(tColumns), [tColumns]);
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      hiddenColumns={maySend ? none : acts}
      footer={footer}
      empty={<EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>}
    />
  );
}
