"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchBox } from "@/components/ui/search-box";
import { UrlLink } from "@/components/ui/url-link";
import { GroupChoices } from "./group-choices";
import { peopleColumns } from "./people-columns";
import type { GroupChoice, PersonLine } from "./person-line";

type Props = {
  lines: PersonLine[];
  /** Those an owner may choose of; null: the reader is none. */
  groups: readonly GroupChoice[] | null;
};

export function PeopleTable({ lines, groups }: Props) {
  const t = useTranslations("people");
  const tColumns = useTranslations("people.columns");
  const columns = useMemo(() => peopleColumns(tColumns), [tColumns]);
  return (
    <>
      <SearchBox placeholder={t("search")} className="w-80 max-md:w-full" />
      <GroupChoices value={groups}>
        <DataTable
          label={t("table")}
          columns={columns}
          rows={lines}
          rowId={(line) => line.id}
          isMuted={(line) => !line.isActive}
          empty={
            <EmptyState
              title={t("empty.title")}
              action={
                <UrlLink patch={{ q: null }} className={buttonLook({})}>
                  {t("empty.act")}
                </UrlLink>
              }
            >
              {t("empty.text")}
            </EmptyState>
          }
        />
      </GroupChoices>
    </>
  );
}
