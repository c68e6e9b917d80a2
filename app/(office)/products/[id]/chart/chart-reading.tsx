import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { valueAt } from "@/components/chart/paths";
import { Money } from "@/components/money";
import { StatusDot } from "@/components/ui/badge";
import { formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { ChartLine } from "@/lib/repricing/chart/chart-model";
import type { ChartAnswer, ChartMark } from "./chart-answer";

type Props = { chart: ChartAnswer; mark: ChartMark | undefined };

const beside: readonly ChartLine[] = ["price", "rival", "floor", "ceiling"];

/** One decision in words, with the figures of its moment. Keeps its room while none is shown. */
export function ChartReading({ chart, mark }: Props) {
  const t = useTranslations("products.product.chart");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  return (
    <div className="min-h-26 rounded-md bg-sunken px-3 py-2.5 text-sm max-md:min-h-38">
      {mark ? (
        <div className="flex flex-col gap-1">
          <p className="text-ink-soft">
            <time dateTime={new Date(mark.at).toISOString()}>
              {formatMoment(new Date(mark.at), { locale, timeZone })}
            </time>
          </p>
          <p className="text-base">{mark.text}</p>
          {mark.fate && (
            <p className="text-ink-soft">
              <StatusDot tone={mark.fate.tone} live={mark.fate.live}>
                <span className="whitespace-normal">{mark.fate.text}</span>
              </StatusDot>
            </p>
          )}
          <dl className="flex flex-wrap gap-x-4 text-ink-soft">
            {beside.map((line) => (
              <div key={line} className="flex gap-1.5">
                <dt className="text-ink-faint">{t(line)}</dt>
                <dd>
                  <Figure chart={chart} line={line} at={mark.at} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ) : (
        <p className="text-ink-soft">
          {chart.marks.length === 0 ? (
            t("noDecisions")
          ) : (
            <>
              <span className="pointer-coarse:hidden">{t("hint")}</span>
              <span className="pointer-fine:hidden">{t("tap")}</span>
            </>
          )}
        </p>
      )}
    </div>
  );
}

/** A line's value at a moment, or why there is none. */
export function Figure({ chart, line, at }: { chart: ChartAnswer; line: ChartLine; at: number }) {
  const t = useTranslations("products.product.chart");
  const value = valueAt(chart.lines[line], at);
  if (value !== null) return <Money amount={value} />;
  const isUnread = chart.unread.some(({ from, to }) => from <= at && at <= to);
  if (line === "rival" && isUnread) return t("unread").toLowerCase();
  return line === "price" ? t("unknown") : t("none");
}
