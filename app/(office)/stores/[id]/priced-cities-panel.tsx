"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { useFormSave } from "@/components/ui/use-form-save";
import { useCounted } from "@/components/use-counted";
import type { CityView } from "@/lib/stores/page-model";
import { savePricedCities } from "./actions";

type Props = {
  storeId: string;
  cities: CityView[];
  /** Besides the main one. */
  priced: string[];
  /** How many products have prices by city at Kaspi. */
  ready: number;
  mayChange: boolean;
};

/** The cities of a store whose prices are kept apart, each by its own market. */
export function PricedCitiesPanel({ storeId, cities, priced, ready, mayChange }: Props) {
  const t = useTranslations("cities.store");
  const counted = useCounted();
  const { save, pending, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const cityIds = new FormData(event.currentTarget).getAll("city").map(String);
    save(() => savePricedCities({ storeId, cityIds }), { text: t("saved") });
  };
  return (
    <Panel title={t("title")}>
      <p className="text-ink-soft">{t("lead")}</p>
      <form noValidate onSubmit={submit} className="flex flex-col items-start gap-3">
        <ul className="flex w-full flex-col">
          {cities.map((city) => (
            <li
              key={city.id}
              className="flex flex-wrap items-center justify-between gap-x-4 border-t py-1"
            >
              <City city={city} isPriced={priced.includes(city.id)} mayChange={mayChange} />
            </li>
          ))}
        </ul>
        <p className="text-ink-soft text-sm">
          {ready === 0 ? t("nobody") : t("ready", counted(ready))}
        </p>
        {failure && <Notice tone="red">{failure}</Notice>}
        {mayChange && (
          <Button type="submit" pending={pending}>
            {t("save")}
          </Button>
        )}
      </form>
    </Panel>
  );
}

type CityProps = { city: CityView; isPriced: boolean; mayChange: boolean };

function City({ city, isPriced, mayChange }: CityProps) {
  const t = useTranslations("cities.store");
  const working = city.points.filter((point) => point.isActive).length;
  const remarks = [t("points", { count: working }), city.isMain ? t("main") : null];
  return (
    <>
      <Checkbox
        name="city"
        value={city.id}
        defaultChecked={city.isMain || isPriced}
        // What a city without a point is priced for can only be ended.
        disabled={!mayChange || city.isMain || (working === 0 && !isPriced)}
      >
        {city.name}
      </Checkbox>
      <span className="text-ink-soft text-sm">{remarks.filter(Boolean).join(" · ")}</span>
    </>
  );
}
