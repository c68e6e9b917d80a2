"use client";

import { useTranslations } from "next-intl";
import { ButtonLink, buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UrlLink } from "@/components/ui/url-link";
import type { TabFilter } from "@/lib/orders/filter-model";
import { nothingChosen } from "./order-filters";

type Props = {
  tab: TabFilter;
  isNarrowed: boolean;
  /** There are orders, though not in here. */
  hasAny: boolean;
};

/** Nothing found is not the same as nothing there, and an empty tab is good news. */
export function NoOrders({ tab, isNarrowed, hasAny }: Props) {
  const t = useTranslations("orders");
  if (!hasAny)
    return (
      <EmptyState
        title={t("none.title")}
        action={
          <ButtonLink href="/stores" look="primary">
            {t("none.act")}
          </ButtonLink>
        }
      >
        {t("none.text")}
      </EmptyState>
    );
  if (!isNarrowed) return <EmptyState title={t("emptyTab.title")}>{t("emptyTab.text")}</EmptyState>;
  return (
    <EmptyState
      title={t("empty.title")}
      action={
        <>
          {tab !== "all" && (
            <UrlLink patch={{ tab: "all" }} className={buttonLook({ look: "primary" })}>
              {t("empty.everywhere")}
            </UrlLink>
          )}
          <UrlLink patch={nothingChosen} className={buttonLook({})}>
            {t("empty.act")}
          </UrlLink>
        </>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}
