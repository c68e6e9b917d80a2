import { type DecisionWords, decisionWords } from "@/components/repricing/decision-words";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { ChartShape } from "@/lib/repricing/chart/chart-model";
import type { ProductChart } from "@/lib/repricing/chart/product-chart";

/** A decision at its moment, as the chart says it. */
export type ChartMark = Pick<DecisionWords, "text" | "fate"> & {
  id: string;
  at: number;
  change: { before: number | null; after: number } | null;
  /** It left for Kaspi: a dot on the line. */
  isSent: boolean;
};

/** What the chart's address answers. */
export type ChartAnswer = ChartShape & { marks: ChartMark[] };

export function chartAnswer(t: Translator, locale: Locale, chart: ProductChart): ChartAnswer {
  const { decisions, ...shape } = chart;
  const marks = decisions.map((decision): ChartMark => {
    const { id, price, priceBefore, sentAt, state } = decision;
    const { text, fate, at } = decisionWords(t, locale, decision);
    const isSent = state === "sent" || state === "confirmed";
    return {
      id,
      at: (isSent && sentAt ? sentAt : at).getTime(),
      text,
      fate,
      change: price === null ? null : { before: priceBefore, after: price },
      isSent,
    };
  });
  return { ...shape, marks };
}
