"use client";

import { useTranslations } from "next-intl";
import { hasWindows, inWords } from "./rule-draft";
import { type RuleGroupProps, useInherited } from "./rule-field-groups";
import { ChoiceField, FieldFold, NumberField, useRuleForm } from "./rule-fields";
import { useRoundingText } from "./rule-sentences";
import { WindowsField } from "./rule-windows-field";

const roundings = ["1", "5", "10", "100", "ending"] as const;
const schedules = ["always", "hold", "ceiling"] as const;

/** What a price may look like, and when it may move. */
export function ShapeFields({ above, level }: RuleGroupProps) {
  const t = useTranslations("rule");
  const inherited = useInherited(level);
  const roundingText = useRoundingText();
  const { draft } = useRuleForm();
  const base = inWords(above);
  return (
    <FieldFold title={t("groups.shape")} fields={["rounding", "ending", "schedule", "windows"]}>
      <ChoiceField
        field="rounding"
        label={t("rounding.label")}
        inherited={inherited(roundingText(base.rounding))}
        options={roundings.map((value) => ({
          value,
          label:
            value === "ending"
              ? t("rounding.ending")
              : roundingText({ kind: "to", value: Number(value) }),
        }))}
      />
      {draft.rounding === "ending" && (
        <NumberField field="ending" label={t("ending.label")} hint={t("ending.hint")} />
      )}
      <ChoiceField
        field="schedule"
        label={t("schedule.label")}
        inherited={inherited(t(`schedule.${base.schedule}`))}
        options={schedules.map((value) => ({ value, label: t(`schedule.${value}`) }))}
      />
      {hasWindows(draft) && <WindowsField />}
    </FieldFold>
  );
}
