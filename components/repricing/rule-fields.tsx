"use client";

import { ChevronRightIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import type { SellerBook } from "./use-seller-book";

export type RuleField = keyof RuleFormTexts;

type RuleFormState = {
  draft: RuleFormTexts;
  errors: Partial<Record<string, string>>;
  change: (field: RuleField, value: string) => void;
  sellers: SellerBook;
};

/** The field an error is about, by the path the action gives it. */
export const fieldOf = (path: string) => path.replace(/^.*\./, "");

const RuleFormContext = createContext<RuleFormState | null>(null);
export const RuleFormProvider = RuleFormContext.Provider;

export function useRuleForm(): RuleFormState {
  const state = useContext(RuleFormContext);
  if (!state) throw new Error("a field of a rule needs its form around it");
  return state;
}

export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="pb-2 font-semibold">{title}</legend>
      <div className="grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

type FoldProps = { title: string; fields: readonly RuleField[]; children: ReactNode };

/** Fields that most people leave as they are: shut until asked for, or until one of them is wrong. */
export function FieldFold({ title, fields, children }: FoldProps) {
  const t = useTranslations("rule");
  const { draft, errors } = useRuleForm();
  const [open, setOpen] = useState(false);
  const own = fields.filter((field) => draft[field] !== "").length;
  const isWrong = fields.some((field) => errors[field]);
  return (
    <details
      open={open || isWrong}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group rounded-md border border-line"
    >
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-md px-3 font-semibold hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRightIcon
          aria-hidden="true"
          className="text-ink-faint group-open:rotate-90 motion-safe:transition-transform"
        />
        {title}
        {own > 0 && (
          <span className="font-normal text-ink-soft text-sm">{t("own", { count: own })}</span>
        )}
      </summary>
      <div className="grid gap-4 px-3 pt-2 pb-4 sm:grid-cols-2">{children}</div>
    </details>
  );
}

type ChoiceProps = {
  field: RuleField;
  label: string;
  /** The first option: what leaving it to the rule above means. */
  inherited: string;
  options: readonly { value: string; label: string }[];
};

export function ChoiceField({ field, label, inherited, options }: ChoiceProps) {
  const { draft, errors, change } = useRuleForm();
  return (
    <div className="sm:col-span-2">
      <Field label={label} error={errors[field]}>
        {(wiring) => (
          <Select
            {...wiring}
            name={field}
            value={draft[field]}
            onChange={(event) => change(field, event.target.value)}
            options={[{ value: "", label: inherited }, ...options]}
            wraps
            className="w-full"
          />
        )}
      </Field>
    </div>
  );
}

type NumberProps = {
  field: RuleField;
  label: string;
  hint?: string;
  placeholder?: string | undefined;
};

export function NumberField({ field, label, hint, placeholder }: NumberProps) {
  const { draft, errors, change } = useRuleForm();
  return (
    <Field label={label} hint={hint} error={errors[field]}>
      {(wiring) => (
        <Input
          {...wiring}
          name={field}
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={draft[field]}
          onChange={(event) => change(field, event.target.value)}
          className="text-right"
        />
      )}
    </Field>
  );
}

type QuantityProps = NumberProps & { unit: "stepUnit" | "climbUnit"; unitLabel: string };

/** A number with its unit: ₸ or %. */
export function QuantityField({ field, unit, label, unitLabel, hint, placeholder }: QuantityProps) {
  const t = useTranslations("rule.unit");
  const { draft, errors, change } = useRuleForm();
  const id = useId();
  return (
    <Field label={label} hint={hint} error={errors[field]}>
      {(wiring) => (
        <span className="flex gap-2">
          <Input
            {...wiring}
            name={field}
            inputMode="decimal"
            autoComplete="off"
            placeholder={placeholder}
            value={draft[field]}
            onChange={(event) => change(field, event.target.value)}
            className="flex-1 text-right"
          />
          <Select
            id={id}
            aria-label={unitLabel}
            name={unit}
            value={draft[unit]}
            onChange={(event) => change(unit, event.target.value)}
            options={[
              { value: "tenge", label: t("tenge") },
              { value: "percent", label: t("percent") },
            ]}
            className="w-20"
          />
        </span>
      )}
    </Field>
  );
}
