"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { type AuditPeriod, auditAreas, auditPeriods, NOBODY } from "@/lib/audit/filter-model";

const chosen = ["person", "action", "store", "period"] as const;
const links = ["subject", "address", "request"] as const;
export const nothingChosen = Object.fromEntries([...chosen, ...links].map((name) => [name, null]));

type Named = { id: string; name: string };
type Props = { people: Named[]; stores: Named[] };

const asOptions = (all: Named[]) => all.map(({ id, name }) => ({ value: id, label: name }));

/** What the audit is narrowed by; a choice takes effect at once. */
export function AuditFilters({ people, stores }: Props) {
  const t = useTranslations("audit.filter");
  const { get, go } = useUrlState();
  const action = get("action") ?? "";
  const areas = auditAreas.map((area) => ({ value: area as string, label: t(`areas.${area}`) }));
  const options = {
    person: [...asOptions(people), { value: NOBODY, label: t("system") }],
    // One action alone is chosen by an entry's own link, and stands here by the area it is of.
    action: action.includes(".") ? [{ value: action, label: t("oneAction") }, ...areas] : areas,
    store: asOptions(stores),
    period: (Object.keys(auditPeriods) as AuditPeriod[]).map((period) => ({
      value: period as string,
      label: t(`periods.${period}`),
    })),
  };
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
        {chosen.map((name) => (
          <Select
            key={name}
            aria-label={t(`label.${name}`)}
            className="md:max-w-60"
            value={get(name) ?? ""}
            options={[{ value: "", label: t(`any.${name}`) }, ...options[name]]}
            onChange={(event) => go({ [name]: event.target.value || null, before: null })}
          />
        ))}
        {isNarrowed && (
          <Button look="ghost" onClick={() => go({ ...nothingChosen, before: null })}>
            {t("clear")}
          </Button>
        )}
      </div>
      {links.some((name) => get(name)) && (
        <div className="flex flex-wrap items-center gap-2">
          {links.map(
            (name) => get(name) && <Chip key={name} name={name} value={get(name) ?? ""} />,
          )}
        </div>
      )}
    </div>
  );
}

function Chip({ name, value }: { name: (typeof links)[number]; value: string }) {
  const t = useTranslations("audit.filter");
  const only = t(`only.${name}`, { value });
  return (
    <UrlLink
      patch={{ [name]: null, before: null }}
      aria-label={t("remove", { what: only })}
      className="inline-flex min-h-7 items-center gap-1.5 break-all rounded-md bg-blue-soft px-2 text-blue text-sm hover:underline pointer-coarse:min-h-9"
    >
      {only}
      <Cross2Icon aria-hidden="true" className="size-3 shrink-0" />
    </UrlLink>
  );
}
