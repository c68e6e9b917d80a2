"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { figureDays } from "@/lib/mailings/period-model";

/** Over how long letters are counted. */
export function PeriodChoice({ days }: { days: number }) {
  const t = useTranslations("mailings.figures");
  const { go } = useUrlState();
  return (
    <Select
      aria-label={t("period")}
      value={`${days}`}
      options={figureDays.map((count) => ({ value: `${count}`, label: t("days", { count }) }))}
      onChange={({ target }) => go({ days: target.value })}
    />
  );
}
