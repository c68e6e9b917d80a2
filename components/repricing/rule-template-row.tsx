"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { RuleFormTexts } from "@/lib/repricing/rule/rule-form-model";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import {
  type RuleTemplate,
  ruleTemplateNames,
  ruleTemplates,
} from "@/lib/repricing/rule/rule-templates";

type Props = { draft: RuleFormTexts; onChoose: (draft: RuleFormTexts) => void };

const fields = [
  "strategy",
  "place",
  "averageOf",
  "fixedPrice",
  "whenFirst",
  "whenBlocked",
] as const satisfies readonly (keyof RuleFormTexts)[];

/** The draft with the fields of a template; the rest stays as it is. */
function filled(draft: RuleFormTexts, name: RuleTemplate): RuleFormTexts {
  const texts = ruleFormValues(ruleTemplates[name]);
  return { ...draft, ...Object.fromEntries(fields.map((field) => [field, texts[field]])) };
}

/** Rules under the names sellers have for them. One press fills the form. */
export function RuleTemplateRow({ draft, onChoose }: Props) {
  const t = useTranslations("rule.templates");
  const chosen = ruleTemplateNames.find((name) => {
    const wanted = filled(draft, name);
    return fields.every((field) => wanted[field] === draft[field]);
  });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-2 font-semibold">{t("label")}</legend>
      <div className="flex flex-wrap gap-2">
        {ruleTemplateNames.map((name) => (
          <Button
            key={name}
            size="sm"
            aria-pressed={name === chosen}
            onClick={() => onChoose(filled(draft, name))}
            className="aria-pressed:border-blue aria-pressed:bg-blue-soft aria-pressed:text-blue"
          >
            {t(`${name}.name`)}
          </Button>
        ))}
      </div>
      <p aria-live="polite" className="text-ink-soft text-sm">
        {t(chosen ? `${chosen}.text` : "hint")}
      </p>
    </fieldset>
  );
}
