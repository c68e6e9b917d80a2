"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { buttonLook } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchBox } from "@/components/ui/search-box";
import { UrlLink } from "@/components/ui/url-link";
import { peopleColumns } from "./people-columns";
import type { PersonLine } from "./person-line";

export function PeopleTable({ lines }: { lines: PersonLine[] }) {
  const t = useTranslations("people");
  const tColumns = useTranslations("people.columns");
  const columns = useMemo(() => peopleColumns(tColumns), [tColumns]);
  return (
    <>
      <SearchBox placeholder={t("search")} className="w-80 max-md:w-full" />
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
    </>
  );
}
