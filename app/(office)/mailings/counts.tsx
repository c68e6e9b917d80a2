import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/i18n/money";

const parts = [
  { name: "succeeded", look: "text-green" },
  { name: "failed", look: "text-red" },
  { name: "unknown", look: "text-amber" },
  { name: "skipped", look: "text-ink-soft" },
] as const;

export type RunCounts = {
  total: number;
  succeeded: number;
  failed: number;
  unknown: number;
  skipped: number;
};

/** What came of a run's letters; what there is none of is not said, but for those that have gone. */
export function Counts({ run }: { run: RunCounts }) {
  const t = useTranslations("mailings.counts");
  const locale = useLocale();
  const shown = parts.filter(({ name }) => name === "succeeded" || run[name] > 0);
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      {shown.map(({ name, look }) => (
        <span key={name} className={look}>
          {t(name, { count: formatNumber(run[name], locale) })}
        </span>
      ))}
      <span className="text-ink-faint">{t("of", { total: formatNumber(run.total, locale) })}</span>
    </span>
  );
}
