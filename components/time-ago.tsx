"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatDate, formatMoment } from "@/lib/i18n/dates";
import { spanOf } from "@/lib/i18n/spans";
import { defaultTimeZone } from "@/lib/i18n/zones";
import { useClock } from "./ui/clock";

const MOMENT_MS = 10_000;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

type Props = {
  at: Date | string | null;
  /** The moment is yet to come: once it is past, it is now. */
  ahead?: boolean;
};

/** «4 мин назад» or «через 2 ч», the exact moment on hover in the workspace's zone; a date after a week. */
export function TimeAgo({ at, ahead = false }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? defaultTimeZone;
  const now = useClock();
  if (at === null) return <span className="text-ink-faint">{t("never")}</span>;
  const moment = new Date(at);
  const away = Math.min(now - moment.getTime(), ahead ? 0 : Number.POSITIVE_INFINITY);
  const span = spanOf(Math.abs(away));
  const side = ahead || away < 0 ? "ahead" : "ago";
  const words = () => {
    if (Math.abs(away) > WEEK_MS) return formatDate(moment, { locale, timeZone });
    if (Math.abs(away) < MOMENT_MS) return t(`${side}.now`);
    return t(`${side}.${span.unit}`, { count: span.count });
  };
  return (
    <time
      dateTime={moment.toISOString()}
      title={formatMoment(moment, { locale, timeZone })}
      className="whitespace-nowrap"
    >
      {words()}
    </time>
  );
}
