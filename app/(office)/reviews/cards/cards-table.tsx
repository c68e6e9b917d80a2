"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Badge } from "@/components/ui/badge";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { CardLine } from "./card-line";
import { LeaveCard } from "./leave-card";

type Cell = TableCell<CardLine>;

const cells = {
  name: ({ row: { original: card } }: Cell) => (
    <Link
      href={`/reviews/cards/${card.cardId}`}
      className="block min-w-0 truncate font-medium text-blue underline-offset-2 hover:underline max-md:whitespace-normal"
      title={card.name}
    >
      {card.name}
    </Link>
  ),
  read: ({ row: { original: card } }: Cell) => {
    const t = useTranslations("reviews.cards");
    if (card.state === "reading") return <Badge tone="blue">{t("reading")}</Badge>;
    if (card.state === "failed") return <Badge tone="amber">{t("failed")}</Badge>;
    return <TimeAgo at={card.readAt} />;
  },
  leave: ({ row: { original: card } }: Cell) => <LeaveCard cardId={card.cardId} name={card.name} />,
};

const { accessor, display, columns } = tableColumns<CardLine>();

const columnsNamed = (
  name: ReturnType<typeof useTranslations<"reviews.cards">>,
): TableColumns<CardLine> =>
  columns([
    accessor("name", {
      header: name("name"),
      cell: cells.name,
      enableSorting: false,
      meta: { card: "title", width: "md:w-full md:min-w-56 md:max-w-0" },
    }),
    accessor("rating", {
      header: name("rating"),
      enableSorting: false,
      meta: { card: "number", align: "right" },
    }),
    accessor("total", {
      header: name("total"),
      enableSorting: false,
      meta: { card: "number", align: "right" },
    }),
    accessor("readAt", {
      id: "read",
      header: name("read"),
      cell: cells.read,
      enableSorting: false,
      meta: { card: "number" },
    }),
    display({ id: "leave", header: "", cell: cells.leave, meta: { card: "corner" } }),
  ]);

/** The cards a person has asked about. */
export function CardsTable({ lines }: { lines: CardLine[] }) {
  const t = useTranslations("reviews.cards");
  const named = useMemo(() => columnsNamed(t), [t]);
  return (
    <DataTable
      label={t("table")}
      columns={named}
      rows={lines}
      rowId={(line) => line.cardId}
      empty={<EmptyState title={t("none.title")}>{t("none.text")}</EmptyState>}
    />
  );
}
