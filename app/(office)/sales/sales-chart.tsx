"use client";

import { useLocale } from "next-intl";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatNumber } from "@/lib/i18n/money";

/** A step of the period; `name`: as people call it. */
export type ChartPoint = { name: string; revenue: number; orders: number; before: number | null };
type Names = { revenue: string; orders: string; before: string };

const ink = { fill: "var(--color-ink-soft)", fontSize: 12 };

/** Long sums by their millions and thousands, in the reader's language: an axis has no room for more. */
const short = (amount: number, locale: Locale) =>
  new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(amount);

/** Revenue step by step, and a line for the period before. */
export function SalesChart({ points, names }: { points: readonly ChartPoint[]; names: Names }) {
  const locale = useLocale();
  return (
    <ResponsiveContainer width="100%" height={260}>
      <ComposedChart
        data={[...points]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="name"
          tick={ink}
          tickLine={false}
          stroke="var(--color-line)"
          interval="preserveStartEnd"
          minTickGap={24}
        />
        <YAxis
          width={72}
          tick={ink}
          tickLine={false}
          axisLine={false}
          tickFormatter={(amount: number) => short(amount, locale)}
        />
        <Tooltip
          cursor={{ fill: "var(--color-hover)" }}
          content={<Said names={names} locale={locale} />}
        />
        <Bar dataKey="revenue" fill="var(--color-blue-solid)" isAnimationActive={false} />
        <Line
          dataKey="before"
          type="linear"
          stroke="var(--color-ink-faint)"
          strokeDasharray="4 3"
          dot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

type SaidProps = {
  names: Names;
  locale: Locale;
  /** Given by the picture. */
  active?: boolean;
  payload?: readonly { payload?: ChartPoint }[];
};

function Said({ names, locale, active = false, payload = [] }: SaidProps) {
  const point = payload[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-sm shadow-pop">
      <p className="font-medium">{point.name}</p>
      <p>
        {names.revenue}: {formatMoney(point.revenue, locale)}
      </p>
      <p>
        {names.orders}: {formatNumber(point.orders, locale)}
      </p>
      {point.before !== null && (
        <p className="text-ink-soft">
          {names.before}: {formatMoney(point.before, locale)}
        </p>
      )}
    </div>
  );
}
