"use client";

import { functionalUpdate, type RowSelectionState } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { SelectPage } from "@/components/select-boxes";
import { DataTable } from "@/components/ui/data-table";
import { Pagination } from "@/components/ui/pagination";
import { RECIPIENTS_PAGE } from "@/lib/mailings/recipients/recipient-list-model";
import type { Chosen } from "@/lib/mailings/recipients/recipient-model";
import { RecipientBar } from "./recipient-bar";
import { recipientColumns } from "./recipient-columns";
import type { RecipientLine } from "./recipient-line";

type Props = {
  lines: RecipientLine[];
  page: number;
  total: number;
  /** What the list is narrowed to. */
  found: NonNullable<Chosen["found"]>;
  /** How many of the reader's own that finds. */
  own: number;
  /** Those of others are among them, or could be. */
  withOwners: boolean;
  /** Stands in for the rows when there are none. */
  empty: ReactNode;
};

const ownOnly = ["owner"];
const none: readonly string[] = [];

/** The list, and what can be done with those that are ticked. */
export function RecipientsTable({ lines, page, total, found, own, withOwners, empty }: Props) {
  const t = useTranslations("recipients");
  const tColumns = useTranslations("recipients.columns");
  const columns = useMemo(() => recipientColumns(tColumns), [tColumns]);
  const [ticked, setTicked] = useState<RowSelectionState>({});
  const [isAll, setIsAll] = useState(false);
  const recipientIds = lines.filter(({ id, isMine }) => ticked[id] && isMine).map(({ id }) => id);
  const shown = lines.filter(({ isMine }) => isMine).length;
  const isWholePage = recipientIds.length === shown && own > shown;
  const clear = () => {
    setTicked({});
    setIsAll(false);
  };
  return (
    <>
      <DataTable
        label={t("table")}
        columns={columns}
        rows={lines}
        rowId={(line) => line.id}
        hiddenColumns={withOwners ? none : ownOnly}
        ticks={{
          ticked,
          onChange: (updater) => {
            setIsAll(false);
            setTicked((before) => functionalUpdate(updater, before));
          },
        }}
        HeadStart={SelectPage}
        isMuted={({ state }) => state !== "active"}
        footer={<Pagination page={page} pageSize={RECIPIENTS_PAGE} total={total} />}
        empty={empty}
      />
      {recipientIds.length > 0 && (
        <RecipientBar
          chosen={isAll ? { recipientIds: [], found } : { recipientIds, found: null }}
          count={isAll ? own : recipientIds.length}
          more={isWholePage && !isAll ? own : null}
          onAll={() => setIsAll(true)}
          onClear={clear}
        />
      )}
    </>
  );
}
