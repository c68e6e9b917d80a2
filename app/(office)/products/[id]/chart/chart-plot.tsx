import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { KeyboardEvent, PointerEvent } from "react";
import { moneyDomain, moneyTicks, type Scale, scale, timeTicks } from "@/components/chart/axes";
import { nearest, valueAt } from "@/components/chart/paths";
import { HOUR } from "@/lib/core/time";
import { formatDay, formatTime } from "@/lib/i18n/dates";
import { formatMoney } from "@/lib/i18n/money";
import { defaultTimeZone } from "@/lib/i18n/zones";
import type { ChartStep } from "@/lib/repricing/chart/chart-model";
import type { ChartAnswer } from "./chart-answer";
import { ChartDrawing } from "./chart-drawing";

/** Hours between labels for spans up to so many hours. */
const tickHours = [
  { upTo: 3, every: 0.5 },
  { upTo: 8, every: 1 },
  { upTo: 36, every: 4 },
  { upTo: 8 * 24, every: 24 },
  { upTo: Number.POSITIVE_INFINITY, every: 120 },
];
const MONEY_TICKS = 5;
const PAGE_STEP = 10;

type Props = {
  chart: ChartAnswer;
  /** The index of the decision shown; -1: none. */
  chosen: number;
  onChoose: (index: number) => void;
  /** The shown decision in words, for those who do not see it. */
  words: string;
};

/** The lines with their axes; a pointer or the arrow keys walk from decision to decision. */
export function ChartPlot({ chart, chosen, onChoose, words }: Props) {
  const t = useTranslations("products.product.chart");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const { from, to, lines, marks } = chart;
  const domain = moneyDomain(
    amounts([...lines.price, ...lines.floor]),
    amounts([...lines.rival, ...lines.ceiling]),
  );
  const x = scale(from, to);
  const y = scale(domain[1], domain[0]);
  const money = moneyTicks(domain, MONEY_TICKS);
  const every = tickHours.find(({ upTo }) => to - from <= upTo * HOUR)?.every ?? 24;
  const times = timeTicks({ from, to }, every, timeZone);
  const last = marks.length - 1;

  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onChoose(nearest(marks, from + ((clientX - left) / width) * (to - from)));
  };
  const press = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, chosen, last);
    if (goal === null) return;
    event.preventDefault();
    onChoose(goal);
  };
  const longest = money.map((tick) => formatMoney(tick, locale)).toSorted(byLength)[0];
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-ink-faint text-xs">
      <div aria-hidden="true" className="relative h-60 max-md:h-52">
        <span className="invisible">{longest}</span>
        {money.map((tick) => (
          <span
            key={tick}
            className="absolute right-0 -translate-y-1/2"
            style={{ top: `${y(tick)}%` }}
          >
            {formatMoney(tick, locale)}
          </span>
        ))}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label={t("read")}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={chosen === -1 ? Math.max(last, 0) : chosen}
        aria-valuetext={words}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={({ pointerType }) => pointerType === "mouse" && onChoose(-1)}
        onKeyDown={press}
        className="relative h-60 touch-pan-y overflow-hidden rounded-sm border max-md:h-52"
      >
        <ChartDrawing
          chart={chart}
          x={x}
          y={y}
          moneyTicks={money}
          timeTicks={times}
          chosen={marks[chosen]}
          priceAt={(at) => valueAt(lines.price, at)}
        />
      </div>
      <div aria-hidden="true" className="relative col-start-2 mt-1 h-4 overflow-hidden">
        {times.filter(hasRoom(x)).map((tick) => (
          <span
            key={tick}
            className="absolute -translate-x-1/2 max-md:even:hidden"
            style={{ left: `${x(tick)}%` }}
          >
            {every < 24
              ? formatTime(new Date(tick), timeZone)
              : formatDay(new Date(tick), { locale, timeZone })}
          </span>
        ))}
      </div>
    </div>
  );
}

const amounts = (steps: ChartStep[]) => steps.flatMap(({ value }) => value ?? []);

/** A label at the very edge would be cut. */
const hasRoom = (x: Scale) => (at: number) => x(at) > 5 && x(at) < 95;

const byLength = (a: string, b: string) => b.length - a.length;

/** The decision a key leads to; null: the key is none of ours. */
function goalOf(key: string, chosen: number, last: number): number | null {
  const now = chosen === -1 ? last + 1 : chosen;
  const goals: Record<string, number> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageUp: now - PAGE_STEP,
    PageDown: now + PAGE_STEP,
    Home: 0,
    End: last,
  };
  if (key === "Escape") return -1;
  const goal = goals[key];
  return goal === undefined ? null : Math.min(Math.max(goal, Math.min(0, last)), last);
}
