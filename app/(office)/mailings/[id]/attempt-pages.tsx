"use client";

import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";

/** On through a run too long to be counted, and back to its first letters. */
export function AttemptPages({ next }: { next: string | null }) {
  const t = useTranslations("mailings.attempts");
  const { get } = useUrlState();
  const look = buttonLook({ size: "sm" });
  return (
    <nav aria-label={t("pages")} className="flex justify-end gap-2 text-sm">
      {get("before") && (
        <UrlLink patch={{ before: null }} className={look}>
          {t("first")}
        </UrlLink>
      )}
      {next && (
        <UrlLink patch={{ before: next }} className={look}>
          {t("more")}
        </UrlLink>
      )}
    </nav>
  );
}
