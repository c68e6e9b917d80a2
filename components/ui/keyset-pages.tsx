"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonLook } from "./button";
import { UrlLink } from "./url-link";
import { useUrlState } from "./url-state";

type Props = {
  /** Where the next page begins; null at the end. */
  next: string | null;
  /** At the left: how many are shown, or what is to be known of them. */
  children?: ReactNode;
};

/** The way on through a list too long to be counted: to what is older, and back to the newest. */
export function KeysetPages({ next, children }: Props) {
  const t = useTranslations("common.pagination");
  const { get } = useUrlState();
  const look = buttonLook({ size: "sm" });
  return (
    <nav aria-label={t("label")} className="flex items-center justify-between gap-3 text-sm">
      <p className="text-ink-soft">{children}</p>
      <div className="flex gap-2">
        {get("before") && (
          <UrlLink patch={{ before: null }} className={look}>
            {t("newest")}
          </UrlLink>
        )}
        {next && (
          <UrlLink patch={{ before: next }} className={look}>
            {t("older")}
          </UrlLink>
        )}
      </div>
    </nav>
  );
}
