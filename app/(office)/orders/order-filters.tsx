"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";

export const nothingChosen = {
  ...{ q: null, city: null, from: null, to: null },
  ...{ outcome: null, payment: null, delivery: null, category: null, line: null },
};

const days = ["from", "to"] as const;

/** What the list is narrowed by; a choice takes effect at once. The store is the office's own switch. */
export function OrderFilters({ cities }: { cities: { id: string; name: string }[] }) {
  const t = useTranslations("orders");
  const { get, go } = useUrlState();
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  return (
    <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      <SearchBox placeholder={t("search")} className="w-72 max-md:col-span-2 max-md:w-full" />
      <Select
        aria-label={t("filter.city")}
        value={get("city") ?? ""}
        options={[
          { value: "", label: t("filter.anyCity") },
          ...cities.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ target }) => go({ city: target.value || null })}
        className="max-md:col-span-2"
      />
      {days.map((day) => (
        <div key={day} className="flex min-w-0 items-center gap-1.5 text-ink-soft text-sm">
          <label htmlFor={`orders-${day}`}>{t(`filter.${day}`)}</label>
          <Input
            key={get(day)}
            id={`orders-${day}`}
            type="date"
            defaultValue={get(day) ?? ""}
            onChange={({ target }) => {
              // Half a date is an empty one: it is waited for.
              if (target.value !== "" || target.validity.valid) go({ [day]: target.value || null });
            }}
          />
        </div>
      ))}
      {isNarrowed && (
        <Button look="ghost" onClick={() => go(nothingChosen)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}
