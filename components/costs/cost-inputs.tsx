"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CostField } from "@/lib/costs/model";
import { deliveryChoices } from "@/lib/costs/scope-model";
import { type CostTexts, costFields } from "./cost-fields";

type Props = {
  values: CostTexts;
  /** What counts where nothing is typed; absent: nothing does. */
  usual?: CostTexts;
  errorOf: (name: CostField) => string | undefined;
  /** With the cost itself, which is no usual expense. */
  withCost?: boolean;
};

const units: Partial<Record<CostField, string>> = { minMargin: "%" };

/** What a product costs, field by field; an empty one is "not set". */
export function CostInputs({ values, usual, errorOf, withCost = false }: Props) {
  const t = useTranslations("costs.input");
  const names = costFields.filter((name) => withCost || name !== "cost");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {names.map((name) => {
        const inherited = usual?.[name] ?? "";
        const hint = inherited === "" ? t(`hint.${name}`) : t("usual", { value: shown(name) });
        return (
          <Field key={name} label={t(`label.${name}`)} hint={hint} error={errorOf(name)}>
            {(wiring) =>
              name === "delivery" ? (
                <Select
                  {...wiring}
                  name={name}
                  defaultValue={values.delivery}
                  options={["", ...deliveryChoices].map((value) => ({
                    value,
                    label:
                      value === "" ? t("notSet", { what: name }) : t(`delivery.${value as "city"}`),
                  }))}
                />
              ) : (
                <div className="relative">
                  <Input
                    {...wiring}
                    name={name}
                    inputMode="decimal"
                    autoComplete="off"
                    defaultValue={values[name]}
                    placeholder={t("notSet", { what: name })}
                    className="pr-8 text-right"
                  />
                  <span
                    aria-hidden="true"
                    className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-faint"
                  >
                    {name === "weightGrams" ? t("grams") : (units[name] ?? "₸")}
                  </span>
                </div>
              )
            }
          </Field>
        );
      })}
    </div>
  );

  function shown(name: CostField): string {
    const value = usual?.[name] ?? "";
    if (name === "delivery") return t(`delivery.${value as "city"}`);
    if (name === "weightGrams") return `${value} ${t("grams")}`;
    return `${value} ${units[name] ?? "₸"}`;
  }
}
