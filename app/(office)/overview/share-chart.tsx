"use client";

import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { formatDay } from "@/lib/i18n/dates";
import { formatNumber } from "@/lib/i18n/money";
import type { DayShare } from "@/lib/overview/model";
import { middleOf, sharePath, sharePoints } from "./share-line";

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** First places over the days. Each day says its numbers under the pointer and under the arrow keys. */
export function ShareChart({ days }: { days: DayShare[] }) {
  const t = useTranslations("overview.losing");
  const locale = useLocale();
  const last = days.length - 1;
  const [chosen, setChosen] = useState<number | null>(null);
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);
  const points = sharePoints(days);
  const at = chosen ?? last;
  const percentAt = points[at]?.percent ?? null;

  // A calendar day has no zone: it is written as it is called.
  const dayName = (day: string) =>
    formatDay(new Date(`${day}T12:00:00Z`), { locale, timeZone: "UTC" });
  const words = (index: number) => {
    const [share, percent] = [days[index], points[index]?.percent ?? null];
    if (!share) return "";
    const day = dayName(share.day);
    if (percent === null) return t("dayEmpty", { day });
    // Past days are the mean of their hours, so their sums are of no use to anybody.
    if (index < last) return t("dayAverage", { day, percent });
    const number = (count: number) => formatNumber(count, locale);
    return t("day", { day, percent, first: number(share.first), ranked: number(share.ranked) });
  };
  const move = (event: KeyboardEvent) => {
    const edges: Partial<Record<string, number>> = { Home: 0, End: last };
    const next = edges[event.key] ?? at + (steps[event.key] ?? 0);
    if (next === at || next < 0 || next > last) return;
    event.preventDefault();
    buttons.current[next]?.focus();
  };

  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="flex flex-wrap justify-between gap-x-4 text-ink-soft text-sm">
        <span>{t("chart")}</span>
        <span aria-hidden="true">{words(at)}</span>
      </figcaption>
      <div className="flex gap-2">
        <div
          aria-hidden="true"
          className="flex w-8 shrink-0 flex-col justify-between text-right text-ink-faint text-xs leading-none"
        >
          <span>100 %</span>
          <span>50 %</span>
          <span>0 %</span>
        </div>
        <div className="relative h-28 min-w-0 flex-1">
          <svg
            aria-hidden="true"
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
          >
            {[0, 50, 100].map((y) => (
              <line
                key={y}
                x1="0"
                x2="100"
                y1={y}
                y2={y}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <path
              d={sharePath(points)}
              fill="none"
              strokeWidth="2"
              strokeLinejoin="round"
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
              className="stroke-green"
            />
          </svg>
          {percentAt !== null && (
            <span
              aria-hidden="true"
              className="-translate-1/2 pointer-events-none absolute size-2.5 rounded-full border-2 border-surface bg-green"
              style={{ left: `${middleOf(at, days.length)}%`, top: `${100 - percentAt}%` }}
            />
          )}
          <fieldset aria-label={t("chart")} className="absolute inset-0 flex">
            {days.map(({ day }, index) => (
              <button
                key={day}
                ref={(button) => {
                  buttons.current[index] = button;
                }}
                type="button"
                aria-label={words(index)}
                tabIndex={index === at ? 0 : -1}
                onFocus={() => setChosen(index)}
                onBlur={() => setChosen(null)}
                onPointerEnter={() => setChosen(index)}
                onPointerLeave={() => setChosen(null)}
                onKeyDown={move}
                className="h-full min-w-0 flex-1 cursor-default rounded-sm outline-offset-0 hover:bg-ink/4"
              />
            ))}
          </fieldset>
        </div>
      </div>
      <div aria-hidden="true" className="flex justify-between pl-10 text-ink-faint text-xs">
        <span>{dayName(days[0]?.day ?? "")}</span>
        <span>{dayName(days[last]?.day ?? "")}</span>
      </div>
    </figure>
  );
}
