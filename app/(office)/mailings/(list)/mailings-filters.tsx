"use client";

import { useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { mailingStatuses } from "@/lib/mailings/status-model";

/** What the list is narrowed by; a choice takes effect at once. */
export function MailingsFilters() {
  const t = useTranslations("mailings");
  const { get, go } = useUrlState();
  const states = mailingStatuses.map((value) => ({ value, label: t(`state.${value}`) }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox placeholder={t("search")} className="w-64 max-md:w-full" />
      <Select
        aria-label={t("status")}
        value={get("status") ?? ""}
        options={[{ value: "", label: t("anyStatus") }, ...states]}
        onChange={({ target }) => go({ status: target.value || null })}
      />
    </div>
  );
}
