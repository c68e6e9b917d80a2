"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { formatNumber } from "@/lib/i18n/money";
import { spanOf } from "@/lib/i18n/spans";
import { timeLeft } from "./time-left";
import { useClock } from "./ui/clock";

type Props = {
  /** What it is doing: «Читаем товары». */
  what: string;
  done: number;
  /** Null while nobody knows. */
  total: number | null;
  startedAt: Date | string | null;
};

/** Long work: how far, what, how long still. Leaving the page loses nothing. */
export function ProgressLine({ what, done, total, startedAt }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const clock = useClock();
  const [countedAt, setCountedAt] = useState<number | null>(null);
  // The page's clock moves too seldom to measure a pace with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment belongs to the count.
  useEffect(() => setCountedAt(Date.now()), [done]);
  const elapsed = startedAt === null ? 0 : (countedAt ?? clock) - new Date(startedAt).getTime();
  const left = total === null ? null : timeLeft(done, total, elapsed);
  const count = (value: number) => formatNumber(value, locale);
  const amount = () => {
    if (total !== null) return t("progress.of", { done: count(done), total: count(total) });
    return done > 0 ? count(done) : null;
  };
  const rest = () => {
    if (left === null) return null;
    if (left < 5_000) return t("progress.last");
    const span = spanOf(left);
    return t("progress.left", { left: t(`span.${span.unit}`, { count: span.count }) });
  };
  const said = [amount(), rest()].filter(Boolean).join(", ");
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span>{what}</span>
        <span className="text-ink-soft">{said}</span>
      </div>
      <div
        role="progressbar"
        aria-label={what}
        aria-valuetext={said}
        {...(total !== null && {
          "aria-valuenow": done,
          "aria-valuemin": 0,
          "aria-valuemax": total,
        })}
        className="h-1 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={
            total === null
              ? "h-full w-1/3 animate-breathe bg-blue-solid"
              : "h-full bg-blue-solid transition-[width]"
          }
          style={
            total === null
              ? undefined
              : { width: `${Math.min(100, (done / Math.max(1, total)) * 100)}%` }
          }
        />
      </div>
    </div>
  );
}
