import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import type { RuleInWords } from "./rule-draft";

/** An amount of a rule: `10 ₸` or `1,5 %`. */
export function useQuantityText() {
  const locale = useLocale();
  return ({ unit, value }: { unit: "tenge" | "percent"; value: number }) =>
    unit === "tenge" ? formatMoney(value, locale) : formatPercent(value, locale);
}

/** Only who wants to be the cheapest is asked what to do once there. */
export const wantsFirst = ({ strategy, place }: RuleInWords) =>
  strategy === "undercut" || (strategy === "position" && place === 1);

/** A strategy with its number: «под соперником на месте, 2». */
export function useStrategyText() {
  const t = useTranslations("rule.strategy");
  const locale = useLocale();
  return ({ strategy, place, averageOf, price }: RuleInWords) => {
    const number = place ?? averageOf;
    const said = price === null ? number : formatMoney(price, locale);
    return said === null ? t(strategy) : `${t(strategy)}, ${said}`;
  };
}

export function useRoundingText() {
  const t = useTranslations("rule.rounding");
  return ({ kind, value }: RuleInWords["rounding"]) => {
    if (kind === "ending")
      return value === null ? t("ending") : t("endingIn", { value: `${value}` });
    return value === 1 || value === null ? t("none") : t("to", { value: `${value}` });
  };
}

/** Where the ceiling comes from: «из себестоимости, плюс 40 %». */
export function useCeilingText() {
  const t = useTranslations("rule.ceilingSource");
  const locale = useLocale();
  return ({ ceilingMarkup }: Pick<RuleInWords, "ceilingMarkup">) =>
    ceilingMarkup === null
      ? t("typed")
      : t("costPlus", { percent: formatNumber(ceilingMarkup, locale) });
}

/** What a rule asks of rivals, with its numbers. */
export function useRivalTexts({ minRating, minReviews, outlierPercent }: RuleInWords) {
  const t = useTranslations("rule");
  const locale = useLocale();
  const asked = (text: string, value: number | null, written = formatNumber) =>
    value === null ? null : `${text} ${written(value, locale)}`;
  return {
    rating: asked(t("rating.least"), minRating) ?? t("rating.any"),
    reviews: asked(t("reviews.least"), minReviews) ?? t("reviews.any"),
    outliers: asked(t("outliers.ignore"), outlierPercent, formatPercent) ?? t("outliers.count"),
  };
}

const SELLERS_SAID = 3;

/** «Техно Сити», «Алма» и прочие: the first of them by name, the rest by number. */
export function useSellersText() {
  const t = useTranslations("rule.words.rivals");
  const locale = useLocale();
  return (names: readonly string[]) => {
    if (names.length === 0) return t("some");
    const said = names.slice(0, SELLERS_SAID).map((name) => t("seller", { name }));
    const rest = names.length - said.length;
    return [
      ...said,
      ...(rest > 0 ? [t("more", { count: rest, shown: formatNumber(rest, locale) })] : []),
    ].join(", ");
  };
}

/** Who does not count, in one sentence; none when everybody does. */
function useRivalSentences(rule: RuleInWords): string[] {
  const t = useTranslations("rule.words.rivals");
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const sellers = useSellersText();
  const { minRating, minReviews, outlierPercent, excluded, only } = rule;
  const out = [
    excluded !== null && sellers(excluded),
    rule.ignorePreorders && t("preorders"),
    minRating !== null && t("rating", { value: number(minRating) }),
    minReviews !== null && t("reviews", { value: number(minReviews) }),
    rule.fastAsOurs && t("slow"),
    outlierPercent !== null && t("outliers", { value: number(outlierPercent) }),
  ].filter((one) => one !== false);
  return [
    ...(only !== null ? [t("only", { list: sellers(only) })] : []),
    ...(out.length > 0 ? [t("out", { list: out.join(", ") })] : []),
  ];
}

type Weekday = "1" | "2" | "3" | "4" | "5" | "6" | "7";

function useScheduleSentences({ schedule, windows }: RuleInWords): string[] {
  const t = useTranslations("rule.words");
  const tDay = useTranslations("rule.day");
  if (schedule === "always") return [];
  const spans = windows.map(({ days, from, to }) => {
    const [first, last] = [days.at(0), days.at(-1)];
    const isRow = days.length > 2 && Number(last) - Number(first) === days.length - 1;
    const names = [...(isRow ? `${first}${last}` : days)].map((day) => tDay(day as Weekday));
    return `${names.join(isRow ? "–" : " ")} ${from}–${to}`;
  });
  return [t("schedule", { spans: spans.join(", "), choice: schedule })];
}

/** What a rule makes the bot do, in the order in which it is asked. */
export function useRuleSentences(rule: RuleInWords): string[] {
  const t = useTranslations("rule.words");
  const locale = useLocale();
  const quantity = useQuantityText();
  const roundingText = useRoundingText();
  const rivals = useRivalSentences(rule);
  const schedule = useScheduleSentences(rule);
  const number = (value: number) => formatNumber(value, locale);
  const step = quantity(rule.step);
  const price = rule.price === null ? t("price") : formatMoney(rule.price, locale);
  const climb = rule.climb === null ? t("amount") : quantity(rule.climb);
  const count = rule.averageOf ?? 0;
  const isRounded = rule.rounding.value !== null && rule.rounding.value !== 1;
  return [
    t("aim", { strategy: rule.strategy, step, price, place: rule.place ?? "…", count }),
    ...rivals,
    ...(rule.strategy === "fixed" ? [] : [t("whenBlocked", { choice: rule.whenBlocked })]),
    ...(wantsFirst(rule) ? [t("whenFirst", { choice: rule.whenFirst, step })] : []),
    t("whenAlone", { choice: rule.whenAlone, climb }),
    t(rule.floorFromCost ? "limitsFromCost" : "limits"),
    ...(rule.ceilingMarkup === null
      ? []
      : [t("ceilingFromCost", { percent: number(rule.ceilingMarkup) })]),
    ...(isRounded ? [t("rounding", { how: roundingText(rule.rounding) })] : []),
    t("care", {
      maxDrop: number(rule.maxDrop),
      maxRise: number(rule.maxRise),
      freeze: number(rule.freeze),
    }),
    ...schedule,
    ...(rule.lowStock === "ignore"
      ? []
      : [t("lowStock", { days: rule.lowStockDays ?? "…", choice: rule.lowStock })]),
    t("interval", { minutes: number(rule.intervalMinutes) }),
  ];
}

/** What the rule is about; the rest of it on request. */
export function RuleInShort({ rule }: { rule: RuleInWords }) {
  const t = useTranslations("rule.words");
  const [aim, ...rest] = useRuleSentences(rule);
  return (
    <div className="rounded-md bg-sunken px-3 py-2.5 text-sm">
      <p>{aim}</p>
      <details className="mt-1">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-soft hover:text-ink">
          {t("whole")}
        </summary>
        <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-4 text-ink-soft">
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  );
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
