"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { RuleFormTexts, RuleFormValues } from "@/lib/repricing/rule-form-model";
import { draftInWords, draftOf, type RuleAbove, submission } from "./rule-draft";
import { RuleDraftFields } from "./rule-draft-fields";
import type { RuleLevel } from "./rule-field-groups";
import { fieldOf } from "./rule-fields";
import { RuleSentences } from "./rule-sentences";

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

/** The form is taller than a phone: what is wrong comes into view. */
function focusFirst(elements: HTMLFormControlsCollection, fields: string[]) {
  const wrong = [...elements].find((element) =>
    fields.includes(element.getAttribute("name") ?? ""),
  );
  if (!(wrong instanceof HTMLElement)) return;
  wrong.closest("details")?.setAttribute("open", "");
  wrong.focus();
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
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-6">
      <RuleDraftFields
        draft={draft}
        errors={failure?.fields ?? {}}
        onChange={setDraft}
        above={above}
        level={level}
      />
      <RuleSentences rule={draftInWords(draft, above)} />
      {failure && <Notice tone="red">{failure.text}</Notice>}
      <div className="flex justify-end">
        <Button type="submit" look="primary" pending={pending}>
          {t(pending ? "rule.saving" : "rule.save")}
        </Button>
      </div>
    </form>
  );
}
