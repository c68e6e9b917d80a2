"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useLocale, useTranslations } from "next-intl";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { formatMoney } from "@/lib/i18n/money";
import { placeFilters } from "@/lib/products/filter-model";
import type { NamedFacets, NarrowName } from "./narrow-panel";

/** What the list is narrowed by now; each goes away with a click. */
export function NarrowChips({ facets }: { facets: NamedFacets }) {
  const t = useTranslations("list.narrow");
  const locale = useLocale();
  const { get } = useUrlState();
  const money = (text: string | null) =>
    Number(text) > 0 ? formatMoney(Number(text), locale) : null;
  const place = placeFilters.find((value) => value === get("place"));
  const reason = get("reason");
  const chips: [NarrowName | "rival", string | null | undefined][] = [
    ["place", place && t(`place.${place}`)],
    ["reason", facets.reasons.find(({ value }) => value === reason)?.name ?? reason],
    ["category", get("category")],
    ["rival", facets.rival ?? get("rival")],
    ["from", money(get("from"))],
    ["to", money(get("to"))],
  ];
  const shown = chips.flatMap(([name, text]) => (text ? [{ name, text }] : []));
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("active")} className="flex flex-wrap gap-2">
      {shown.map(({ name, text }) => (
        <li key={name}>
          <UrlLink
            patch={{ [name]: null }}
            aria-label={t("remove", { what: `${t(`chip.${name}`)} ${text}` })}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-md bg-blue-soft px-2 text-blue text-sm hover:underline pointer-coarse:min-h-9"
          >
            <span>
              {t(`chip.${name}`)} {text}
            </span>
            <Cross2Icon aria-hidden="true" className="size-3" />
          </UrlLink>
        </li>
      ))}
    </ul>
  );
}
