"use client";

import { useTranslations } from "next-intl";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { draftInWords, type RuleAbove } from "./rule-draft";
import { AimFields, CareFields, CaseFields, levelAbove, type RuleLevel } from "./rule-field-groups";
import { fieldOf, RuleFormProvider } from "./rule-fields";
import { RivalFields } from "./rule-rival-fields";
import { ShapeFields } from "./rule-shape-fields";
import { RuleTemplateRow } from "./rule-template-row";
import type { SellerBook } from "./use-seller-book";

type Props = {
  draft: RuleFormTexts;
  /** By paths that end in the field's name. */
  errors: Partial<Record<string, string>>;
  onChange: (draft: RuleFormTexts) => void;
  above: RuleAbove;
  level: RuleLevel;
  sellers: SellerBook;
};

/** All fields of a rule; what most people leave as it is, folded. */
export function RuleDraftFields({ draft, errors, onChange, above, level, sellers }: Props) {
  const t = useTranslations("rule.emptyMeans");
  const groups = { above, level, words: draftInWords(draft, above, sellers.names) };
  const said = Object.entries(errors).map(([path, text]) => [fieldOf(path), text]);
  return (
    <RuleFormProvider
      value={{
        draft,
        errors: Object.fromEntries(said),
        sellers,
        change: (field, value) => onChange({ ...draft, [field]: value }),
      }}
    >
      <p className="text-ink-soft">{t(levelAbove[level])}</p>
      <RuleTemplateRow draft={draft} onChoose={onChange} />
      <AimFields {...groups} />
      <div className="flex flex-col gap-2">
        <CaseFields {...groups} />
        <RivalFields {...groups} />
        <ShapeFields {...groups} />
        <CareFields {...groups} />
      </div>
    </RuleFormProvider>
  );
}
