"use client";

import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { filters, nothingChosen } from "./history-filters";

/** Nothing fits what was chosen, or there is nothing yet. */
export function HistoryEmpty({ page }: { page: number }) {
  const t = useTranslations("runs.history");
  const { get } = useUrlState();
  const isNarrowed = page > 1 || filters.some((name) => get(name));
  if (!isNarrowed) return <EmptyState title={t("none.title")}>{t("none.text")}</EmptyState>;
  return (
    <EmptyState
      title={t("empty.title")}
      action={
        <UrlLink patch={nothingChosen} className={buttonLook({})}>
          {t("empty.act")}
        </UrlLink>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}
