"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { ChartAnswer } from "./chart-answer";
import { ChartLegend } from "./chart-legend";
import { ChartPlot } from "./chart-plot";
import { ChartReading } from "./chart-reading";
import { ChartTable } from "./chart-table";

type Props = { chart: ChartAnswer };

/** Our price, the best rival and the band between floor and ceiling, with the decisions on the way. */
export function PriceChart({ chart }: Props) {
  const t = useTranslations("products.product.chart");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isTable, setTable] = useState(false);
  const { marks, lines } = chart;
  if (lines.price.length === 0 || lines.price.length + lines.rival.length + marks.length < 3)
    return <NothingToDraw isQuiet={lines.price[0]?.at === chart.from} />;

  const chosen = marks.findIndex(({ id }) => id === chosenId);
  const mark = marks[chosen];
  const when = mark && formatMoment(new Date(mark.at), { locale, timeZone });
  const words = mark ? `${when}: ${mark.text} ${mark.fate?.text ?? ""}` : t("summary");
  return (
    <div className="flex flex-col gap-3">
      <ChartLegend hasUnread={chart.unread.length > 0} />
      <ChartPlot
        chart={chart}
        chosen={chosen}
        onChoose={(index) => setChosenId(marks[index]?.id ?? null)}
        words={words}
      />
      <ChartReading chart={chart} mark={mark} />
      {marks.length > 0 && (
        <Button
          size="sm"
          look="ghost"
          aria-expanded={isTable}
          onClick={() => setTable(!isTable)}
          className="self-start"
        >
          {t(isTable ? "tableHide" : "table")}
        </Button>
      )}
      {isTable && <ChartTable chart={chart} />}
    </div>
  );
}

/** One figure is no chart; the figure itself stands in the panel above. */
function NothingToDraw({ isQuiet }: { isQuiet: boolean }) {
  const t = useTranslations("products.product.chart.empty");
  return <EmptyState title={t("title")}>{t(isQuiet ? "quiet" : "text")}</EmptyState>;
}
