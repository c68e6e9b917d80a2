import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import type { RuleInWords } from "./rule-draft";

/** An amount of a rule: `10 ₸` or `1,5 %`. */
export function useQuantityText() {
  const locale = useLocale();
  return ({ unit, value }: { unit: "tenge" | "percent"; value: number }) =>
    unit === "tenge" ? formatMoney(value, locale) : `${formatNumber(value, locale)}\u202f%`;
}

/** What a rule makes the bot do, in the order in which it is asked. */
export function useRuleSentences(rule: RuleInWords): string[] {
  const t = useTranslations("rule.words");
  const locale = useLocale();
  const quantity = useQuantityText();
  const number = (value: number) => formatNumber(value, locale);
  const step = quantity(rule.step);
  const price = rule.price === null ? t("price") : formatMoney(rule.price, locale);
  const climb = rule.climb === null ? t("amount") : quantity(rule.climb);
  return [
    t("aim", { strategy: rule.strategy, step, price }),
    ...(rule.strategy === "fixed" ? [] : [t("whenBlocked", { choice: rule.whenBlocked })]),
    ...(rule.strategy === "undercut" ? [t("whenFirst", { choice: rule.whenFirst, step })] : []),
    t("whenAlone", { choice: rule.whenAlone, climb }),
    t("limits"),
    t("care", {
      maxDrop: number(rule.maxDrop),
      maxRise: number(rule.maxRise),
      freeze: number(rule.freeze),
    }),
    t("interval", { minutes: number(rule.intervalMinutes) }),
  ];
}

export function RuleSentences({ rule }: { rule: RuleInWords }) {
  const t = useTranslations("rule.words");
  const sentences = useRuleSentences(rule);
  return (
    <section
      aria-label={t("title")}
      aria-live="polite"
      className="rounded-md bg-sunken px-3 py-2.5"
    >
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-4 text-ink-soft text-sm">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
