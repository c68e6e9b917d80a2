"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { RuleFormTexts, RuleFormValues } from "@/lib/repricing/rule-form";
import { draftInWords, draftOf, type RuleAbove, submission } from "./rule-draft";
import { AimFields, CareFields, CaseFields, levelAbove, type RuleLevel } from "./rule-field-groups";
import { type RuleField, RuleFormProvider } from "./rule-fields";
import { RivalFields } from "./rule-rival-fields";
import { RuleSentences } from "./rule-sentences";
import { ShapeFields } from "./rule-shape-fields";

type Failure = { text: string; fields: Record<string, string> };

export type RuleFormProps = {
  /** What this store or product says itself, from `ruleFormValues`. */
  values: RuleFormTexts;
  /** What an empty field means: the rule of the installation for a store, of the store for a product, of the product for a city. */
  above: RuleAbove;
  level: RuleLevel;
  /** The action that stores it; its failures name fields as `rule.<field>`. */
  save: (rule: RuleFormValues) => Promise<{ ok: true } | { ok: false; failure: Failure }>;
  onSaved?: () => void;
};

const fieldOf = (path: string) => path.replace(/^rule\./, "");

/** The form is taller than a phone: what is wrong comes into view. */
function focusFirst(elements: HTMLFormControlsCollection, fields: string[]) {
  const wrong = [...elements].find((element) =>
    fields.includes(element.getAttribute("name") ?? ""),
  );
  if (wrong instanceof HTMLElement) wrong.focus();
}

/** The rule of a store or a product: only what differs from the rule above is stored. */
export function RuleForm({ values, above, level, save, onSaved }: RuleFormProps) {
  const t = useTranslations();
  const locale = useLocale();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(values, above, locale));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { elements } = event.currentTarget;
    startTransition(async () => {
      const lost = { ok: false, failure: { text: t("errors.no_connection"), fields: {} } } as const;
      const outcome = await save(submission(draft)).catch(() => lost);
      setFailure(outcome.ok ? null : outcome.failure);
      if (!outcome.ok)
        return focusFirst(elements, Object.keys(outcome.failure.fields).map(fieldOf));
      toast({ text: t("rule.saved") });
      onSaved?.();
    });
  };
  const change = (field: RuleField, value: string) =>
    setDraft((before) => ({ ...before, [field]: value }));
  const errors = Object.fromEntries(
    Object.entries(failure?.fields ?? {}).map(([path, text]) => [fieldOf(path), text]),
  );
  const words = draftInWords(draft, above);
  const groups = { above, level, words };

  return (
    <RuleFormProvider value={{ draft, errors, change }}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-6">
        <p className="text-ink-soft">{t(`rule.emptyMeans.${levelAbove[level]}`)}</p>
        <AimFields {...groups} />
        <div className="flex flex-col gap-2">
          <CaseFields {...groups} />
          <RivalFields {...groups} />
          <ShapeFields {...groups} />
          <CareFields {...groups} />
        </div>
        <RuleSentences rule={words} />
        {failure && <Notice tone="red">{failure.text}</Notice>}
        <div className="flex justify-end">
          <Button type="submit" look="primary" pending={pending}>
            {t(pending ? "rule.saving" : "rule.save")}
          </Button>
        </div>
      </form>
    </RuleFormProvider>
  );
}
