"use client";

import { useLocale, useTimeZone } from "next-intl";
import { formatDayTime, formatMoment, formatTime } from "@/lib/i18n/dates";
import { defaultTimeZone } from "@/lib/i18n/zones";
import { useClock } from "./ui/clock";

const HALF_A_DAY_MS = 12 * 60 * 60 * 1000;

/** «14:35», with the day where that is not plain: for what is expected around then. */
export function AboutTime({ at }: { at: Date }) {
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const isSoon = Math.abs(at.getTime() - useClock()) < HALF_A_DAY_MS;
  const where = { locale, timeZone };
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, where)} className="whitespace-nowrap">
      {isSoon ? formatTime(at, timeZone) : formatDayTime(at, where)}
    </time>
  );
}
