"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { type Period, type SalesRange, salesRanges } from "@/lib/sales/model";

const ends = ["from", "to"] as const;

/** Which days are meant: by a name, or from one to another. */
export function PeriodBar({ period }: { period: Period }) {
  const t = useTranslations("sales.period");
  const { get, go } = useUrlState();
  const isTyped = Boolean(get("from") || get("to"));
  const options = salesRanges.map((range) => ({ value: range as string, label: t(range) }));
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      <Select
        aria-label={t("label")}
        value={isTyped ? "typed" : (get("range") as SalesRange) || "30"}
        options={isTyped ? [...options, { value: "typed", label: t("typed") }] : options}
        onChange={({ target }) => go({ range: target.value, from: null, to: null, page: null })}
      />
      {ends.map((end) => (
        <div key={end} className="flex min-w-0 items-center gap-1.5 text-ink-soft text-sm">
          <label htmlFor={`sales-${end}`}>{t(end)}</label>
          <Input
            key={period[end]}
            id={`sales-${end}`}
            type="date"
            defaultValue={period[end]}
            onChange={({ target }) => {
              // Half a date is an empty one: it is waited for.
              if (target.value === "") return;
              go({ ...period, [end]: target.value, range: null, page: null });
            }}
          />
        </div>
      ))}
    </div>
  );
}
