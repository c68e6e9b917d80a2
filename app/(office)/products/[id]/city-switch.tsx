"use client";

import { useLocale, useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { UrlStateProvider, useUrlState } from "@/components/ui/url-state";
import { formatMoney } from "@/lib/i18n/money";
import type { ProductCity } from "@/lib/products/model";

type Props = { cities: ProductCity[]; shown: string };

/** So many stand side by side; more are a list. */
const SIDE_BY_SIDE = 4;

/** The cities a product is priced in: everything below is of the one that is chosen. */
export function CitySwitch(props: Props) {
  return (
    <UrlStateProvider>
      <div className="flex">
        <Choice {...props} />
      </div>
    </UrlStateProvider>
  );
}

function Choice({ cities, shown }: Props) {
  const t = useTranslations("cities");
  const locale = useLocale();
  const { go } = useUrlState();
  const choose = (id: string) => {
    const isLead = cities.some((city) => city.id === id && city.isLead);
    go({ city: isLead ? null : id }, "replace");
  };
  const remark = ({ price, wantsAttention }: ProductCity) =>
    [price === null ? null : formatMoney(price, locale), wantsAttention ? t("asks") : null]
      .filter((text) => text !== null)
      .join(" · ");
  if (cities.length <= SIDE_BY_SIDE)
    return (
      <SegmentedControl
        label={t("switch")}
        value={shown}
        options={cities.map((city) => ({
          value: city.id,
          label: city.name,
          count: remark(city),
        }))}
        onChoose={choose}
      />
    );
  return (
    <Select
      aria-label={t("switch")}
      value={shown}
      options={cities.map((city) => ({
        value: city.id,
        label: [city.name, remark(city)].filter(Boolean).join(", "),
      }))}
      onChange={(event) => choose(event.target.value)}
    />
  );
}
