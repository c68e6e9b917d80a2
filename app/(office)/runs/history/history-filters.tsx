"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { periods, runStates } from "@/lib/runs/history-model";
import { jobName } from "@/lib/runs/words";

export const filters = ["kind", "state", "period", "person"] as const;
export const nothingChosen = Object.fromEntries(filters.map((name) => [name, null]));

type Props = { jobs: string[]; people: { id: string; name: string }[] };

/** What the history is narrowed by; a choice takes effect at once. The store is the office's own switch. */
export function HistoryFilters({ jobs, people }: Props) {
  const t = useTranslations();
  const { get, go } = useUrlState();
  const options = {
    kind: jobs
      .map((job) => ({ value: job, label: jobName(t, job) }))
      .sort((a, b) => a.label.localeCompare(b.label)),
    state: runStates.map((state) => ({ value: state, label: capital(t(`runs.state.${state}`)) })),
    period: (Object.keys(periods) as (keyof typeof periods)[])
      .filter((period) => period !== "month")
      .map((period) => ({ value: period, label: t(`runs.history.filter.${period}`) })),
    person: people.map(({ id, name }) => ({ value: id, label: name })),
  };
  return (
    <div className="flex flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      {filters.map((name) => (
        <Select
          key={name}
          aria-label={t(`runs.history.filter.${name}`)}
          value={get(name) ?? ""}
          options={[{ value: "", label: t(`runs.history.filter.any.${name}`) }, ...options[name]]}
          onChange={(event) => go({ [name]: event.target.value || null })}
        />
      ))}
      {filters.some((name) => get(name)) && (
        <Button look="ghost" onClick={() => go(nothingChosen)}>
          {t("runs.history.filter.clear")}
        </Button>
      )}
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
