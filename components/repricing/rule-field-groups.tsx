"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/i18n/money";
import { VELOCITY_DAYS } from "@/lib/products/stock-pace-model";
import { inWords, mindsStock, type RuleAbove, type RuleInWords, strategyKinds } from "./rule-draft";
import {
  ChoiceField,
  FieldFold,
  FieldGroup,
  NumberField,
  QuantityField,
  useRuleForm,
} from "./rule-fields";
import { useCeilingText, useQuantityText, useStrategyText, wantsFirst } from "./rule-sentences";

/** Whose rule it is, and whose it takes from what it does not say. */
export type RuleLevel = "store" | "product" | "city" | "bulk";
export const levelAbove = {
  store: "defaults",
  product: "store",
  city: "product",
  bulk: "kept",
} as const;

export type RuleGroupProps = {
  above: RuleAbove;
  level: RuleLevel;
  /** The rule with the draft in it: says which fields matter now. */
  words: RuleInWords;
};

/** «Как в магазине: ставить минимум». */
export function useInherited(level: RuleLevel) {
  const t = useTranslations("rule.above");
  return (value: string) => t(levelAbove[level], { value });
}

/** Prices a step away from a rival's. */
const stepped: readonly RuleInWords["strategy"][] = ["undercut", "above", "position"];

export function AimFields({ above, level, words }: RuleGroupProps) {
  const t = useTranslations("rule");
  const inherited = useInherited(level);
  const quantity = useQuantityText();
  const strategyText = useStrategyText();
  const base = inWords(above);
  // One price for a whole store makes no sense; a product may have its own.
  const strategies = strategyKinds.filter(
    (kind) =>
      kind !== "fixed" || (level !== "store" && level !== "bulk") || words.strategy === "fixed",
  );
  return (
    <FieldGroup title={t("groups.aim")}>
      <ChoiceField
        field="strategy"
        label={t("strategy.label")}
        inherited={inherited(strategyText(base))}
        options={strategies.map((value) => ({ value, label: t(`strategy.${value}`) }))}
      />
      <StrategyNumber />
      {stepped.includes(words.strategy) && (
        <QuantityField
          field="stepValue"
          unit="stepUnit"
          label={t("step.label")}
          unitLabel={t("step.unit")}
          hint={t(`step.hint.${words.strategy === "above" ? "above" : "under"}`)}
          placeholder={level === "bulk" ? undefined : quantity(base.step)}
        />
      )}
    </FieldGroup>
  );
}

/** What the chosen strategy cannot do without. */
function StrategyNumber() {
  const t = useTranslations("rule");
  const { strategy } = useRuleForm().draft;
  if (strategy === "position")
    return <NumberField field="place" label={t("place.label")} hint={t("place.hint")} />;
  if (strategy === "average") return <NumberField field="averageOf" label={t("averageOf.label")} />;
  if (strategy === "fixed") return <NumberField field="fixedPrice" label={t("fixedPrice.label")} />;
  return null;
}

export function CaseFields({ above, level, words }: RuleGroupProps) {
  const t = useTranslations("rule");
  const inherited = useInherited(level);
  const base = inWords(above);
  const blocked = ["floor", "next_place", "ceiling", "hold"] as const;
  const first = ["raise", "hold"] as const;
  const alone = ["hold", "ceiling", "climb"] as const;
  const scarce = ["ignore", "hold", "ceiling"] as const;
  const { draft } = useRuleForm();
  return (
    <FieldFold
      title={t("groups.cases")}
      fields={["whenBlocked", "whenFirst", "whenAlone", "climbValue", "lowStock", "lowStockDays"]}
    >
      {words.strategy !== "fixed" && (
        <ChoiceField
          field="whenBlocked"
          label={t("whenBlocked.label")}
          inherited={inherited(t(`whenBlocked.${base.whenBlocked}`))}
          options={blocked.map((value) => ({ value, label: t(`whenBlocked.${value}`) }))}
        />
      )}
      {wantsFirst(words) && (
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
        field="lowStock"
        label={t("lowStock.label")}
        inherited={inherited(t(`lowStock.${base.lowStock}`))}
        options={scarce.map((value) => ({ value, label: t(`lowStock.${value}`) }))}
      />
      {mindsStock(draft) && (
        <NumberField
          field="lowStockDays"
          label={t("lowStockDays.label")}
          hint={t("lowStockDays.hint", { days: VELOCITY_DAYS })}
        />
      )}
    </FieldFold>
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

export function CareFields({ above, level }: RuleGroupProps) {
  const t = useTranslations("rule");
  const locale = useLocale();
  const inherited = useInherited(level);
  const ceilingText = useCeilingText();
  const guards = ["maxDrop", "maxRise", "freeze", "intervalMinutes"] as const;
  return (
    <FieldFold
      title={t("groups.care")}
      fields={["floorSource", "ceilingSource", "ceilingMarkup", ...guards]}
    >
      <ChoiceField
        field="floorSource"
        label={t("floorSource.label")}
        inherited={inherited(t(`floorSource.${above.floorFromCost ? "cost" : "typed"}`))}
        options={(["typed", "cost"] as const).map((value) => ({
          value,
          label: t(`floorSource.${value}`),
        }))}
      />
      <ChoiceField
        field="ceilingSource"
        label={t("ceilingSource.label")}
        inherited={inherited(ceilingText(above))}
        options={(["typed", "cost"] as const).map((value) => ({
          value,
          label: t(`ceilingSource.${value}`),
        }))}
      />
      <MarkupField />
      {guards.map((field) => (
        <NumberField
          key={field}
          field={field}
          label={t(`${field}.label`)}
          placeholder={level === "bulk" ? undefined : formatNumber(above[field], locale)}
        />
      ))}
    </FieldFold>
  );
}

/** How far above the cost the ceiling is. */
function MarkupField() {
  const t = useTranslations("rule.ceilingMarkup");
  if (useRuleForm().draft.ceilingSource !== "cost") return null;
  return <NumberField field="ceilingMarkup" label={t("label")} hint={t("hint")} />;
}
