"use client";

import { useTranslations } from "next-intl";
import { ButtonLink, buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UrlLink } from "@/components/ui/url-link";
import { nothingChosen } from "./preorder-filters";

type Props = { isNarrowed: boolean; products: string };

/** Nothing found is not the same as nothing there. */
export function NoPreorders({ isNarrowed, products }: Props) {
  const t = useTranslations("preorders");
  if (isNarrowed)
    return (
      <EmptyState
        title={t("empty.title")}
        action={
          <UrlLink patch={{ ...nothingChosen, page: null }} className={buttonLook({})}>
            {t("empty.act")}
          </UrlLink>
        }
      >
        {t("empty.text")}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t("none.title")}
      action={
        <ButtonLink href={products} look="primary">
          {t("act.choose")}
        </ButtonLink>
      }
    >
      {t("none.text")}
    </EmptyState>
  );
}
