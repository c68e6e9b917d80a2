"use client";

import { useLocale, useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UrlLink } from "@/components/ui/url-link";
import { type UrlPatch, useUrlState } from "@/components/ui/url-state";
import { formatNumber } from "@/lib/i18n/money";
import { type Loosened, type Narrowing, productFilters } from "@/lib/products/filter-model";
import { nothingNarrowed } from "./narrow-panel";

const patchOf = (name: Narrowing): UrlPatch =>
  name === "price" ? { from: null, to: null } : { [name]: null };

/** No product fits: what to drop, with how many there are then. */
export function NothingFound({ loosened }: { loosened: Loosened[] }) {
  const t = useTranslations("products.empty.nothingFound");
  const filterName = useTranslations("products.filter");
  const locale = useLocale();
  const { get } = useUrlState();
  const filter = productFilters.find((name) => name === get("filter"));
  const whats: Partial<Record<Narrowing, string>> = {
    q: get("q") ?? "",
    filter: filter ? filterName(filter) : "",
  };
  return (
    <EmptyState
      title={t("title")}
      action={
        <>
          {loosened.map(({ name, count }) => (
            <UrlLink key={name} patch={patchOf(name)} className={buttonLook({})}>
              {t("dropOne", {
                how: t(`drop.${name}`, { what: whats[name] ?? "" }),
                count: formatNumber(count, locale),
              })}
            </UrlLink>
          ))}
          <UrlLink
            patch={{
              q: null,
              filter: null,
              watch: null,
              today: null,
              rival: null,
              ...nothingNarrowed,
            }}
            className={buttonLook({ look: "ghost" })}
          >
            {t("act")}
          </UrlLink>
        </>
      }
    >
      {t(loosened.length > 0 ? "text" : "textAll")}
    </EmptyState>
  );
}
