"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { type DayFilter, dayFilters, statusFilters } from "@/lib/preorders/filter-model";

export const nothingChosen = { q: null, status: null, days: null };

/** What the list is narrowed by; a choice takes effect at once. The store is the office's own switch. */
export function PreorderFilters() {
  const t = useTranslations("preorders");
  const { get, go } = useUrlState();
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  return (
    <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      <SearchBox placeholder={t("search")} className="w-72 max-md:col-span-2 max-md:w-full" />
      <Select
        aria-label={t("filter.status")}
        value={get("status") ?? "open"}
        options={statusFilters.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        onChange={({ target }) => go({ status: target.value === "open" ? null : target.value })}
      />
      <Select
        aria-label={t("filter.daysLabel")}
        value={get("days") ?? ""}
        options={[
          { value: "", label: t("filter.anyDays") },
          ...(Object.keys(dayFilters) as DayFilter[]).map((days) => ({
            value: days,
            label: t(`filter.days.${days}`),
          })),
        ]}
        onChange={({ target }) => go({ days: target.value || null })}
      />
      {isNarrowed && (
        <Button look="ghost" onClick={() => go(nothingChosen)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}
