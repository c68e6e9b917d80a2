"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import { inWords, type RuleAbove, type RuleInWords } from "./rule-draft";
import { ChoiceField, FieldGroup, NumberField, QuantityField } from "./rule-fields";
import { useQuantityText } from "./rule-sentences";

/** Whose rule it is, and whose it takes from what it does not say. */
export type RuleLevel = "store" | "product" | "city";
export const levelAbove = { store: "defaults", product: "store", city: "product" } as const;

type Props = {
  above: RuleAbove;
  level: RuleLevel;
  /** The rule with the draft in it: says which fields matter now. */
  words: RuleInWords;
};

/** «Как в магазине: ставить минимум». */
function useInherited(level: Props["level"]) {
  const t = useTranslations("rule.above");
  return (value: string) => t(levelAbove[level], { value });
}

export function AimFields({ above, level, words }: Props) {
  const t = useTranslations("rule");
  const locale = useLocale();
  const inherited = useInherited(level);
  const quantity = useQuantityText();
  const base = inWords(above);
  // One price for a whole store makes no sense; a product may have its own.
  const strategies = (["undercut", "match", "fixed"] as const).filter(
    (kind) => kind !== "fixed" || level !== "store" || words.strategy === "fixed",
  );
  const strategyText = (kind: RuleInWords["strategy"]) =>
    kind === "fixed" && base.price !== null
      ? `${t("strategy.fixed")}, ${formatMoney(base.price, locale)}`
      : t(`strategy.${kind}`);
  return (
    <FieldGroup title={t("groups.aim")}>
      <ChoiceField
        field="strategy"
        label={t("strategy.label")}
        inherited={inherited(strategyText(base.strategy))}
        options={strategies.map((value) => ({ value, label: t(`strategy.${value}`) }))}
      />
      {words.strategy === "undercut" && (
        <QuantityField
          field="stepValue"
          unit="stepUnit"
          label={t("step.label")}
          unitLabel={t("step.unit")}
          hint={t("step.hint")}
          placeholder={quantity(base.step)}
        />
      )}
      {words.strategy === "fixed" && (
        <NumberField field="fixedPrice" label={t("fixedPrice.label")} />
      )}
    </FieldGroup>
  );
}

export function CaseFields({ above, level, words }: Props) {
  const t = useTranslations("rule");
  const inherited = useInherited(level);
  const base = inWords(above);
  const blocked = ["floor", "next_place", "ceiling", "hold"] as const;
  const first = ["raise", "hold"] as const;
  const alone = ["hold", "ceiling", "climb"] as const;
  const preorders = ["ignore", "count"] as const;
  return (
    <FieldGroup title={t("groups.cases")}>
      {words.strategy !== "fixed" && (
        <ChoiceField
          field="whenBlocked"
          label={t("whenBlocked.label")}
          inherited={inherited(t(`whenBlocked.${base.whenBlocked}`))}
          options={blocked.map((value) => ({ value, label: t(`whenBlocked.${value}`) }))}
        />
      )}
      {words.strategy === "undercut" && (
        <ChoiceField
          field="whenFirst"
          label={t("whenFirst.label")}
          inherited={inherited(t(`whenFirst.${base.whenFirst}`))}
          options={first.map((value) => ({ value, label: t(`whenFirst.${value}`) }))}
        />
      )}
      <ChoiceField
        field="whenAlone"
        label={t("whenAlone.label")}
        inherited={inherited(t(`whenAlone.${base.whenAlone}`))}
        options={alone.map((value) => ({ value, label: t(`whenAlone.${value}`) }))}
      />
      <ClimbField words={words} base={base} />
      <ChoiceField
        field="preorders"
        label={t("preorders.label")}
        inherited={inherited(t(`preorders.${base.ignorePreorders ? "ignore" : "count"}`))}
        options={preorders.map((value) => ({ value, label: t(`preorders.${value}`) }))}
      />
    </FieldGroup>
  );
}

/** Only an own choice of climbing needs a number; an inherited one has it already. */
function ClimbField({ words, base }: { words: RuleInWords; base: RuleInWords }) {
  const t = useTranslations("rule.climb");
  if (words.whenAlone !== "climb" || (words.climb !== null && words.climb === base.climb))
    return null;
  return (
    <QuantityField field="climbValue" unit="climbUnit" label={t("label")} unitLabel={t("unit")} />
  );
}

export function CareFields({ above }: Props) {
  const t = useTranslations("rule");
  const locale = useLocale();
  return (
    <FieldGroup title={t("groups.care")}>
      {(["maxDrop", "maxRise", "freeze", "intervalMinutes"] as const).map((field) => (
        <NumberField
          key={field}
          field={field}
          label={t(`${field}.label`)}
          placeholder={formatNumber(above[field], locale)}
        />
      ))}
    </FieldGroup>
  );
}
