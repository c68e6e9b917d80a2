"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { formatNumber, parseMoney } from "@/lib/i18n/money";
import { type Facet, placeFilters, watchFilters } from "@/lib/products/filter-model";

export type NamedFacet = Facet & { name: string };
export type NamedFacets = {
  categories: NamedFacet[];
  reasons: NamedFacet[];
  /** What the rival is called that the list is narrowed to. */
  rival: string | null;
};

const names = ["place", "reason", "category", "from", "to"] as const;
export type NarrowName = (typeof names)[number];
export const nothingNarrowed = Object.fromEntries(names.map((name) => [name, null]));

/** What narrows the list beside its filter. A choice takes effect at once, a price with Enter or on leaving. */
export function NarrowPanel({ facets }: { facets: NamedFacets }) {
  const t = useTranslations("list.narrow");
  const locale = useLocale();
  const { get, go } = useUrlState();
  const tWatch = useTranslations("overview.watch");
  const active = [...names, "watch"].filter((name) => get(name)).length;
  const counted = ({ value, name, count }: NamedFacet) => ({
    value,
    label: `${name} (${formatNumber(count, locale)})`,
  });
  const choices = {
    place: placeFilters.map((value) => ({ value, label: t(`place.${value}`) })),
    watch: watchFilters.map((value) => ({ value, label: tWatch(value) })),
    reason: facets.reasons.map(counted),
    category: facets.categories.map(counted),
  };
  return (
    <Popover label={t("label")} button={active > 0 ? t("buttonWith", { active }) : t("button")}>
      <div className="flex w-80 flex-col gap-3 max-md:w-auto">
        {(["place", "watch", "reason", "category"] as const).map((name) => (
          <Field key={name} label={t(`${name}.label`)}>
            {(wiring) => (
              <Select
                {...wiring}
                value={get(name) ?? ""}
                options={[{ value: "", label: t("any") }, ...choices[name]]}
                onChange={(event) => go({ [name]: event.target.value || null })}
              />
            )}
          </Field>
        ))}
        <PriceRange />
        <Button
          look="ghost"
          disabled={active === 0}
          onClick={() => go({ ...nothingNarrowed, watch: null })}
        >
          {t("clear")}
        </Button>
      </div>
    </Popover>
  );
}

function PriceRange() {
  const t = useTranslations("list.narrow");
  const locale = useLocale();
  const { get, go } = useUrlState();
  const form = useRef<HTMLFormElement>(null);
  const shown = (name: "from" | "to") => {
    const asked = Number(get(name));
    return asked > 0 ? formatNumber(asked, locale) : "";
  };
  const [from, to] = [shown("from"), shown("to")];
  // The address may change under the fields, but not under the one that is being typed in.
  useEffect(() => {
    for (const [name, text] of Object.entries({ from, to })) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field !== document.activeElement) field.value = text;
    }
  }, [from, to]);
  const put = () => {
    if (!form.current) return;
    const typed = new FormData(form.current);
    const read = (name: "from" | "to") => {
      const money = parseMoney(String(typed.get(name) ?? ""));
      return money.ok && money.amount ? String(money.amount) : null;
    };
    const next = { from: read("from"), to: read("to") };
    if (next.from !== get("from") || next.to !== get("to")) go(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put();
  };
  return (
    <form ref={form} onSubmit={submit} onBlur={put} className="grid grid-cols-2 gap-3">
      {(["from", "to"] as const).map((name) => (
        <Field key={name} label={t(name)}>
          {(wiring) => (
            <Input
              {...wiring}
              name={name}
              inputMode="numeric"
              autoComplete="off"
              defaultValue={name === "from" ? from : to}
              className="text-right"
            />
          )}
        </Field>
      ))}
      <button type="submit" hidden />
    </form>
  );
}
