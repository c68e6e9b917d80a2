"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { hasSellers, inWords } from "./rule-draft";
import { type RuleGroupProps, useInherited } from "./rule-field-groups";
import { ChoiceField, FieldFold, NumberField, type RuleField, useRuleForm } from "./rule-fields";
import { useRivalTexts } from "./rule-sentences";

const fields: readonly RuleField[] = [
  "preorders",
  "rivalList",
  "sellers",
  "rating",
  "minRating",
  "reviews",
  "minReviews",
  "delivery",
  "outliers",
  "outlierPercent",
];

/** Who counts as a rival. */
export function RivalFields({ above, level }: RuleGroupProps) {
  const t = useTranslations("rule");
  const inherited = useInherited(level);
  const { draft } = useRuleForm();
  const base = inWords(above);
  const texts = useRivalTexts(base);
  return (
    <FieldFold title={t("groups.rivals")} fields={fields}>
      <ChoiceField
        field="preorders"
        label={t("preorders.label")}
        inherited={inherited(t(`preorders.${base.ignorePreorders ? "ignore" : "count"}`))}
        options={(["ignore", "count"] as const).map((value) => ({
          value,
          label: t(`preorders.${value}`),
        }))}
      />
      <ChoiceField
        field="rivalList"
        label={t("rivalList.label")}
        inherited={inherited(t(`rivalList.${base.rivalList}`))}
        options={(["all", "exclude", "only"] as const).map((value) => ({
          value,
          label: t(`rivalList.${value}`),
        }))}
      />
      {hasSellers(draft) && <SellersField />}
      <ChoiceField
        field="rating"
        label={t("rating.label")}
        inherited={inherited(texts.rating)}
        options={(["any", "least"] as const).map((value) => ({
          value,
          label: t(`rating.${value}`),
        }))}
      />
      {draft.rating === "least" && (
        <NumberField field="minRating" label={t("minRating.label")} hint={t("minRating.hint")} />
      )}
      <ChoiceField
        field="reviews"
        label={t("reviews.label")}
        inherited={inherited(texts.reviews)}
        options={(["any", "least"] as const).map((value) => ({
          value,
          label: t(`reviews.${value}`),
        }))}
      />
      {draft.reviews === "least" && (
        <NumberField field="minReviews" label={t("minReviews.label")} />
      )}
      <ChoiceField
        field="delivery"
        label={t("delivery.label")}
        inherited={inherited(t(`delivery.${base.fastAsOurs ? "fast" : "any"}`))}
        options={(["any", "fast"] as const).map((value) => ({
          value,
          label: t(`delivery.${value}`),
        }))}
      />
      <ChoiceField
        field="outliers"
        label={t("outliers.label")}
        inherited={inherited(texts.outliers)}
        options={(["count", "ignore"] as const).map((value) => ({
          value,
          label: t(`outliers.${value}`),
        }))}
      />
      {draft.outliers === "ignore" && (
        <NumberField
          field="outlierPercent"
          label={t("outlierPercent.label")}
          hint={t("outlierPercent.hint")}
        />
      )}
    </FieldFold>
  );
}

/** Sellers by their numbers at Kaspi. */
function SellersField() {
  const t = useTranslations("rule.sellers");
  const { draft, errors, change } = useRuleForm();
  return (
    <div className="sm:col-span-2">
      <Field label={t("label")} hint={t("hint")} error={errors.sellers}>
        {(wiring) => (
          <TextArea
            {...wiring}
            name="sellers"
            autoComplete="off"
            spellCheck={false}
            value={draft.sellers}
            onChange={({ target }) => change("sellers", target.value)}
          />
        )}
      </Field>
    </div>
  );
}
