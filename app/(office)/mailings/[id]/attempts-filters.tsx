"use client";

import { useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { attemptStatuses } from "@/lib/mailings/status-model";

/** What the attempts of a run are narrowed by. */
export function AttemptsFilters() {
  const t = useTranslations("mailings.attempts");
  const { get, go } = useUrlState();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox placeholder={t("search")} className="w-64 max-md:w-full" />
      <Select
        aria-label={t("status")}
        value={get("status") ?? ""}
        options={[
          { value: "", label: t("any") },
          ...attemptStatuses.map((value) => ({ value, label: t(`state.${value}`) })),
        ]}
        onChange={({ target }) => go({ status: target.value || null })}
      />
    </div>
  );
}
