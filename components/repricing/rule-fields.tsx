"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useId } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { RuleFormTexts } from "@/lib/repricing/rule-form";

export type RuleField = keyof RuleFormTexts;

type RuleFormState = {
  draft: RuleFormTexts;
  errors: Partial<Record<string, string>>;
  change: (field: RuleField, value: string) => void;
};

const RuleFormContext = createContext<RuleFormState | null>(null);
export const RuleFormProvider = RuleFormContext.Provider;

function useRuleForm(): RuleFormState {
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
  placeholder?: string;
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
