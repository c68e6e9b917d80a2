import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { DecisionDetails } from "@/components/repricing/decision-details";
import type { DecisionLine } from "@/components/repricing/decision-line";
import { PriceChange } from "@/components/repricing/price-change";
import { StatusDot } from "@/components/ui/badge";
import { formatDayTime, formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";

/** One decision: when, from what to what, why, and what became of it. */
export function HistoryItem({ line }: { line: DecisionLine }) {
  const t = useTranslations("products.product.history");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const { words, change, dryRun } = line;
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-t py-2.5 md:grid-cols-[6.5rem_11rem_minmax(0,1fr)]">
      <time
        dateTime={words.at.toISOString()}
        title={formatMoment(words.at, { locale, timeZone })}
        className="text-ink-soft text-sm md:pt-px"
      >
        {formatDayTime(words.at, { locale, timeZone })}
      </time>
      <p className="font-medium text-sm md:pt-px">
        {change ? (
          <PriceChange {...change} />
        ) : (
          <span className="text-ink-faint">{t("unchanged")}</span>
        )}
      </p>
      <div className="flex min-w-0 flex-col gap-1">
        <p>{words.text}</p>
        {words.fate && (
          <p className="text-ink-soft text-sm">
            <StatusDot tone={words.fate.tone} live={words.fate.live}>
              <span className="whitespace-normal">{words.fate.text}</span>
            </StatusDot>
          </p>
        )}
        {dryRun && <p className="text-ink-soft text-sm">{t("dryRun")}</p>}
        <Details line={line} />
      </div>
    </li>
  );
}

function Details({ line }: { line: DecisionLine }) {
  const t = useTranslations("products.product.history");
  return (
    <details className="text-sm">
      <summary className="w-fit rounded-sm text-ink-faint hover:text-ink">{t("details")}</summary>
      <div className="mt-1.5">
        <DecisionDetails line={line} />
      </div>
    </details>
  );
}
