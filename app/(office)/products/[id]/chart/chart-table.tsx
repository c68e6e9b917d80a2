import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatDayTime } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { ChartLine } from "@/lib/repricing/chart/chart-model";
import type { ChartAnswer } from "./chart-answer";
import { Figure } from "./chart-reading";

const columns: readonly ChartLine[] = ["price", "rival", "floor", "ceiling"];
const cell = "border-t px-2 py-1.5 align-top first:pl-0";

/** The chart without drawing: every decision with the figures of its moment, the newest first. */
export function ChartTable({ chart }: { chart: ChartAnswer }) {
  const t = useTranslations("products.product.chart");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section aria-label={t("tableOf")} tabIndex={0} className="max-h-96 overflow-auto text-sm">
      <table className="w-full min-w-150 text-left">
        <caption className="sr-only">{t("tableOf")}</caption>
        <thead className="text-ink-faint text-xs">
          <tr>
            <th className="py-1.5 pr-2 font-normal">{t("time")}</th>
            {columns.map((line) => (
              <th key={line} className="px-2 py-1.5 text-right font-normal">
                {t(line)}
              </th>
            ))}
            <th className="px-2 py-1.5 font-normal">{t("decision")}</th>
          </tr>
        </thead>
        <tbody>
          {chart.marks.toReversed().map(({ id, at, text, fate }) => (
            <tr key={id}>
              <th scope="row" className={`${cell} whitespace-nowrap font-normal text-ink-soft`}>
                {formatDayTime(new Date(at), { locale, timeZone })}
              </th>
              {columns.map((line) => (
                <td key={line} className={`${cell} text-right`}>
                  <Figure chart={chart} line={line} at={at} />
                </td>
              ))}
              <td className={cell}>
                {text} {fate && <span className="text-ink-soft">{fate.text}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
