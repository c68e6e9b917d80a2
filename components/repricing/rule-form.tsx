"use client";

import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { MoneyDoubt } from "@/components/money-doubt";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { ActionFailure } from "@/lib/auth/action";
import type { RuleFormTexts, RuleFormValues } from "@/lib/repricing/rule/rule-form-model";
import { draftInWords, draftOf, type RuleAbove, sellersWithin, submission } from "./rule-draft";
import { RuleDraftFields } from "./rule-draft-fields";
import type { RuleLevel } from "./rule-field-groups";
import { fieldOf } from "./rule-fields";
import type { RuleLook } from "./rule-look";
import { RuleLookPanel } from "./rule-look-panel";
import { RuleSentences } from "./rule-sentences";
import { RuleSourceRow, type RuleSources } from "./rule-source-row";
import { type SellerSource, useSellerBook } from "./use-seller-book";

type Failure = Pick<ActionFailure, "text" | "fields"> & { kind?: ActionFailure["kind"] };
type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

export type RuleFormProps = {
  /** What this store or product says itself, from `ruleFormValues`. */
  values: RuleFormTexts;
  /** What an empty field means: the rule of the installation for a store, of the store for a product, of the product for a city. */
  above: RuleAbove;
  level: Exclude<RuleLevel, "bulk">;
  /** The action that stores it; its failures name fields as `rule.<field>`. */
  save: (rule: RuleFormValues, confirm: boolean) => Promise<Answer<unknown>>;
  /** What would come of it. A store's rule is wide: it is looked at before it is saved. */
  look: (rule: RuleFormValues) => Promise<Answer<RuleLook>>;
  sources: RuleSources & { sellers: SellerSource };
  onSaved?: () => void;
};

/** The form is taller than a phone: what is wrong comes into view. */
function focusFirst(elements: HTMLFormControlsCollection, fields: string[]) {
  const wrong = [...elements].find((element) =>
    fields.includes(element.getAttribute("name") ?? ""),
  );
  if (wrong instanceof HTMLElement) wrong.focus();
}

/** The rule of a store or a product: only what differs from the rule above is stored. */
export function RuleForm({ values, above, level, save, look, sources, onSaved }: RuleFormProps) {
  const t = useTranslations();
  const locale = useLocale();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(values, above, locale));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [seen, setSeen] = useState<RuleLook | null>(null);
  const [pending, startTransition] = useTransition();
  const book = useSellerBook(sources.sellers, sellersWithin(draft, above));

  const change = (next: RuleFormTexts) => {
    setDraft(next);
    setSeen(null);
  };
  /** Asks the server, and shows what it has against it. */
  const ask = <Value,>(
    form: HTMLFormElement | null,
    question: () => Promise<Answer<Value>>,
    onAnswer: (value: Value) => void,
  ) =>
    startTransition(async () => {
      const lost = { ok: false, failure: { text: t("errors.no_connection"), fields: {} } } as const;
      const answer = await question().catch(() => lost);
      setFailure(answer.ok ? null : answer.failure);
      if (answer.ok) onAnswer(answer.value);
      else if (form) focusFirst(form.elements, Object.keys(answer.failure.fields).map(fieldOf));
    });
  const store = (form: HTMLFormElement | null, confirm: boolean) =>
    ask(
      form,
      () => save(submission(draft), confirm),
      () => {
        toast({ text: t("rule.saved") });
        onSaved?.();
      },
    );
  const preview = (form: HTMLFormElement | null) =>
    ask(form, () => look(submission(draft)), setSeen);
  const looksFirst = level === "store" && seen === null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (looksFirst) preview(event.currentTarget);
    else store(event.currentTarget, false);
  };
  const isDoubted = failure?.kind === "confirmation_needed";
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-6">
      <RuleSourceRow
        level={level}
        sources={sources}
        onTake={(taken) => change(draftOf(taken, above, locale))}
      />
      <RuleDraftFields
        draft={draft}
        errors={failure?.fields ?? {}}
        onChange={change}
        above={above}
        level={level}
        sellers={book}
      />
      <RuleSentences rule={draftInWords(draft, above, book.names)} />
      {seen && <RuleLookPanel look={seen} />}
      {failure && !isDoubted && <Notice tone="red">{failure.text}</Notice>}
      <div className="flex flex-wrap justify-end gap-2">
        {level !== "store" && (
          <Button pending={pending} onClick={() => preview(null)}>
            {t("rule.forecast.look")}
          </Button>
        )}
        <Button type="submit" look="primary" pending={pending}>
          {t(looksFirst ? "rule.forecast.look" : pending ? "rule.saving" : "rule.save")}
        </Button>
      </div>
      {isDoubted && (
        <MoneyDoubt
          title={t("rule.doubt.title")}
          text={failure.text}
          act={t("rule.doubt.act")}
          onClose={() => setFailure(null)}
          onFix={() => setFailure(null)}
          onAct={() => store(null, true)}
        />
      )}
    </form>
  );
}
