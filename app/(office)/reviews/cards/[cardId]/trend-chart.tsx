"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { TrendMonth } from "./trend";

type Props = { months: readonly TrendMonth[]; names: Names };

type Names = { reviews: string; low: string; unread: string; least: string };

const ink = { fill: "var(--color-ink-soft)", fontSize: 12 };
const short = (name: string) => name.split("\u00a0")[0] ?? name;

/** Reviews of each month, the unhappy ones within them; a month that was not read has no bar. */
export function TrendChart({ months, names }: Props) {
  const bars = months.map(({ name, reviews, low, isComplete }) => ({
    ...{ name, low, reviews, isComplete },
    rest: reviews === null || low === null ? null : reviews - low,
  }));
  return (
    <ResponsiveContainer width="100%" height={240}>
      <BarChart
        data={bars}
        margin={{ top: 8, right: 0, bottom: 0, left: -16 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="name"
          tickFormatter={short}
          tick={ink}
          tickLine={false}
          stroke="var(--color-line)"
          interval="preserveStartEnd"
        />
        <YAxis allowDecimals={false} tick={ink} tickLine={false} axisLine={false} />
        <Tooltip cursor={{ fill: "var(--color-hover)" }} content={<Said names={names} />} />
        <Bar dataKey="low" stackId="all" fill="var(--color-red-solid)" isAnimationActive={false} />
        <Bar
          dataKey="rest"
          stackId="all"
          fill="var(--color-blue-solid)"
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

type Month = { name: string; reviews: number | null; low: number | null; isComplete: boolean };
type SaidProps = {
  names: Names;
  /** Given by the picture. */
  active?: boolean;
  payload?: readonly { payload?: Month }[];
};

function Said({ names, active = false, payload = [] }: SaidProps) {
  const month = payload[0]?.payload;
  if (!active || !month) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-sm shadow-pop">
      <p className="font-medium">{month.name}</p>
      {month.reviews === null ? (
        <p className="text-ink-soft">{names.unread}</p>
      ) : (
        <>
          <p>
            {names.reviews}: {month.reviews}
          </p>
          <p className="text-red">
            {names.low}: {month.low}
          </p>
          {!month.isComplete && <p className="text-amber">{names.least}</p>}
        </>
      )}
    </div>
  );
}
