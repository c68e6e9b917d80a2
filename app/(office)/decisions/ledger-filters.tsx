"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import {
  type LedgerPeriod,
  ledgerKinds,
  ledgerOrigins,
  ledgerPeriods,
  ledgerStates,
} from "@/lib/ledger/filter-model";

const names = ["period", "reason", "state", "origin"] as const;
const links = ["run", "product"] as const;
export const nothingChosen = Object.fromEntries(
  ["q", "kind", ...names, ...links].map((name) => [name, null]),
);

type Props = { reasons: { value: string; label: string }[] };

/** What the ledger is narrowed by; a choice takes effect at once. The store is the office's own switch. */
export function LedgerFilters({ reasons }: Props) {
  const t = useTranslations("ledger");
  const { get, go } = useUrlState();
  const options = {
    period: (Object.keys(ledgerPeriods) as LedgerPeriod[]).map((period) => ({
      value: period,
      label: t(`filter.periods.${period}`),
    })),
    reason: reasons,
    state: ledgerStates.map((state) => ({ value: state, label: t(`filter.states.${state}`) })),
    origin: ledgerOrigins.map((origin) => ({
      value: origin,
      label: t(`filter.origins.${origin}`),
    })),
  };
  const kind = ledgerKinds.find((known) => known === get("kind")) ?? "all";
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
        <SearchBox placeholder={t("search")} className="w-72 max-md:col-span-2 max-md:w-full" />
        {names.map((name) => (
          <Select
            key={name}
            aria-label={t(`filter.label.${name}`)}
            value={get(name) ?? ""}
            options={[{ value: "", label: t(`filter.any.${name}`) }, ...options[name]]}
            onChange={(event) => go({ [name]: event.target.value || null })}
          />
        ))}
        {isNarrowed && (
          <Button look="ghost" onClick={() => go(nothingChosen)}>
            {t("filter.clear")}
          </Button>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          label={t("filter.label.kind")}
          value={kind}
          options={(["all", ...ledgerKinds] as const).map((value) => ({
            value,
            label: t(`filter.kinds.${value}`),
          }))}
          onChoose={(chosen) => go({ kind: chosen === "all" ? null : chosen })}
        />
        {links.map((name) => get(name) && <Chip key={name} name={name} />)}
      </div>
    </div>
  );
}

function Chip({ name }: { name: (typeof links)[number] }) {
  const t = useTranslations("ledger.filter");
  return (
    <UrlLink
      patch={{ [name]: null }}
      aria-label={t("remove", { what: t(`only.${name}`) })}
      className="inline-flex min-h-7 items-center gap-1.5 rounded-md bg-blue-soft px-2 text-blue text-sm hover:underline pointer-coarse:min-h-9"
    >
      {t(`only.${name}`)}
      <Cross2Icon aria-hidden="true" className="size-3" />
    </UrlLink>
  );
}
