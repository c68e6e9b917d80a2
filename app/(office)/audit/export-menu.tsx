"use client";

import { DownloadIcon } from "@radix-ui/react-icons";
import { useLocale, useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { exportFormats, MOST_EXPORTED } from "@/lib/audit/filter-model";
import { formatNumber } from "@/lib/i18n/money";

type Props = {
  /** What the page shows, as an address. */
  query: string;
};

/** The list as it is narrowed now, as a file. */
export function ExportMenu({ query }: Props) {
  const t = useTranslations("audit.export");
  const locale = useLocale();
  return (
    <Popover
      label={t("label")}
      align="end"
      button={
        <>
          <DownloadIcon aria-hidden="true" />
          {t("button")}
        </>
      }
    >
      <div className="flex w-64 flex-col gap-3 max-md:w-auto">
        <p className="text-ink-soft text-sm">
          {t("text", { most: formatNumber(MOST_EXPORTED, locale) })}
        </p>
        <div className="grid grid-cols-2 gap-2">
          {exportFormats.map((format) => (
            <a
              key={format}
              href={`/audit/export?${new URLSearchParams([...new URLSearchParams(query), ["format", format]])}`}
              className={buttonLook({})}
            >
              {t(format)}
            </a>
          ))}
        </div>
      </div>
    </Popover>
  );
}
