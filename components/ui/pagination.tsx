"use client";

import { ChevronLeftIcon, ChevronRightIcon } from "@radix-ui/react-icons";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatNumber } from "@/lib/i18n/money";
import { buttonLook } from "./button";
import { UrlLink } from "./url-link";

type Props = { page: number; pageSize: number; total: number };

/** «51–100 из 12 480» and the way to its neighbours. */
export function Pagination({ page, pageSize, total }: Props) {
  const t = useTranslations("common.pagination");
  const locale = useLocale();
  const last = Math.max(1, Math.ceil(total / pageSize));
  const count = (value: number) => formatNumber(value, locale);
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  return (
    <nav aria-label={t("label")} className="flex items-center justify-between gap-3 text-sm">
      <p aria-live="polite" className="text-ink-soft">
        {t("range", {
          from: count(from),
          to: count(Math.min(page * pageSize, total)),
          total: count(total),
        })}
      </p>
      {last > 1 && (
        <div className="flex gap-1">
          <Step label={t("previous")} to={page > 1 ? page - 1 : null} icon={<ChevronLeftIcon />} />
          <Step label={t("next")} to={page < last ? page + 1 : null} icon={<ChevronRightIcon />} />
        </div>
      )}
    </nav>
  );
}

function Step({ label, to, icon }: { label: string; to: number | null; icon: ReactNode }) {
  const look = buttonLook({ look: "secondary", size: "sm" });
  if (to === null) {
    return (
      <span aria-hidden="true" className={`${look} opacity-40`}>
        {icon}
      </span>
    );
  }
  return (
    <UrlLink patch={{ page: to === 1 ? null : String(to) }} aria-label={label} className={look}>
      {icon}
    </UrlLink>
  );
}
