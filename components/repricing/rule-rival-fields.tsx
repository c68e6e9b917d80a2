"use client";

import { useTranslations } from "next-intl";
import { inWords } from "./rule-draft";
import { type RuleGroupProps, useInherited } from "./rule-field-groups";
import { ChoiceField, FieldFold, NumberField, type RuleField, useRuleForm } from "./rule-fields";
import { useRivalTexts, useSellersText } from "./rule-sentences";
import { SellersField } from "./sellers-field";

const fields: readonly RuleField[] = [
  "preorders",
  "excludeList",
  "excludeSellers",
  "onlyList",
  "onlySellers",
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
  const { draft, sellers: book } = useRuleForm();
  const base = inWords(above, book.names);
  const sellers = useSellersText();
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
        field="excludeList"
        label={t("excludeList.label")}
        inherited={inherited(base.excluded ? sellers(base.excluded) : t("excludeList.none"))}
        options={(["none", "some"] as const).map((value) => ({
          value,
          label: t(`excludeList.${value}`),
        }))}
      />
      {draft.excludeList === "some" && (
        <SellersField field="excludeSellers" label={t("excludeList.sellers")} />
      )}
      <ChoiceField
        field="onlyList"
        label={t("onlyList.label")}
        inherited={inherited(base.only ? sellers(base.only) : t("onlyList.all"))}
        options={(["all", "some"] as const).map((value) => ({
          value,
          label: t(`onlyList.${value}`),
        }))}
      />
      {draft.onlyList === "some" && (
        <SellersField field="onlySellers" label={t("onlyList.sellers")} />
      )}
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
