"use client";

import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type FieldName, fieldNames, type Texts } from "@/lib/calculator/field-model";
import { deliveryChoices } from "@/lib/costs/scope-model";
import type { Hints } from "./field-hints";
import { useTexts } from "./use-texts";

type Props = {
  texts: Texts;
  errors: Partial<Record<FieldName, string>>;
  hints: Hints;
  categories: readonly string[];
  stores: readonly { id: string; name: string }[];
};

const units: Partial<Record<FieldName, string>> = {
  commission: "%",
  pay: "%",
  tax: "%",
  margin: "%",
  weight: "",
};

/** Without them nothing comes out, and nothing is taken for zero. */
const needed: ReadonlySet<FieldName> = new Set([
  ...(["cost", "packaging", "other", "returns", "commission", "pay", "tax"] as const),
]);

/** The fields; whatever is typed stands in the address a moment later, and the results follow it. */
export function CalculatorForm({ texts, errors, hints, categories, stores }: Props) {
  const t = useTranslations("calculator");
  const { values, type, flush, clear } = useTexts(texts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    flush();
  };

  const amount = (name: FieldName) => (
    <Field key={name} label={t(`field.${name}`)} hint={hints[name]} error={errors[name]}>
      {(wiring) => (
        <div className="relative">
          <Input
            {...wiring}
            name={name}
            inputMode="decimal"
            autoComplete="off"
            value={values[name] ?? ""}
            placeholder={needed.has(name) && !hints[name] ? t("hint.unset") : undefined}
            onChange={({ target }) => type(name, target.value)}
            className="pr-8 text-right"
          />
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-faint"
          >
            {units[name] ?? "₸"}
          </span>
        </div>
      )}
    </Field>
  );
  const choice = (name: FieldName, options: { value: string; label: string }[]) => (
    <Field key={name} label={t(`field.${name}`)} hint={hints[name]} error={errors[name]}>
      {(wiring) => (
        <Select
          {...wiring}
          name={name}
          value={values[name] ?? ""}
          options={options}
          onChange={({ target }) => type(name, target.value)}
        />
      )}
    </Field>
  );
  const typedCategory = values.category ?? "";
  const known = categories.includes(typedCategory) || typedCategory === "";
  const all = known ? categories : [typedCategory, ...categories];

  return (
    <Panel
      title={t("form.title")}
      aside={
        fieldNames.some((name) => values[name]) && (
          <Button size="sm" look="ghost" onClick={clear}>
            {t("form.reset")}
          </Button>
        )
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Part title={t("form.goods")}>
          {amount("price")}
          {amount("cost")}
          {choice("category", [
            { value: "", label: t("anyCategory") },
            ...all.map((name) => ({ value: name, label: name })),
          ])}
          {stores.length > 0 &&
            choice("store", [
              { value: "", label: t("anyStore") },
              ...stores.map(({ id, name }) => ({ value: id, label: name })),
            ])}
          {amount("weight")}
          {choice("delivery", [
            { value: "", label: t("delivery.unset") },
            ...deliveryChoices.map((one) => ({ value: one, label: t(`delivery.${one}`) })),
          ])}
        </Part>
        <Part title={t("form.expenses")}>
          {(["packaging", "other", "returns", "fee"] as const).map(amount)}
        </Part>
        <Part title={t("form.rates")}>{(["commission", "pay", "tax"] as const).map(amount)}</Part>
        <Part title={t("form.wish")}>{(["profit", "margin"] as const).map(amount)}</Part>
      </form>
    </Panel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-3 font-medium text-ink-soft">{title}</legend>
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">{children}</div>
    </fieldset>
  );
}
