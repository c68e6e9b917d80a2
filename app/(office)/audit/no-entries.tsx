"use client";

import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UrlLink } from "@/components/ui/url-link";
import { nothingChosen } from "./audit-filters";

/** Nothing found is not the same as nothing done yet. */
export function NoEntries({ isNarrowed }: { isNarrowed: boolean }) {
  const t = useTranslations("audit");
  if (!isNarrowed) return <EmptyState title={t("none.title")}>{t("none.text")}</EmptyState>;
  return (
    <EmptyState
      title={t("empty.title")}
      action={
        <UrlLink patch={{ ...nothingChosen, before: null }} className={buttonLook({})}>
          {t("empty.act")}
        </UrlLink>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}
