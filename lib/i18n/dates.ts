import type { Locale } from "./locales";

// Browsers carry no Kazakh month names and engines shorten Russian ones differently, so they are ours.
const months: Record<Locale, string> = {
  ru: "янв фев мар апр мая июн июл авг сен окт ноя дек",
  kk: "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
};

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(timeZone, clock);
  return clock;
}

type Parts = Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>;

function partsOf(at: Date, timeZone: string): Parts {
  const parts: Parts = { year: "", month: "", day: "", hour: "", minute: "", second: "" };
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) {
    if (type in parts) parts[type as keyof Parts] = value;
  }
  return { ...parts, day: String(Number(parts.day)) };
}

export type Where = { locale: Locale; timeZone: string };

/** `21 ноя`, for axes and lists where the year is plain. */
export function formatDay(at: Date, { locale, timeZone }: Where): string {
  const { day, month } = partsOf(at, timeZone);
  const name = months[locale].split(" ")[Number(month) - 1] ?? month;
  return locale === "en" ? `${name}\u00a0${day}` : `${day}\u00a0${name}`;
}

/** `21 ноя 2026`. */
export function formatDate(at: Date, where: Where): string {
  const { year } = partsOf(at, where.timeZone);
  return `${formatDay(at, where)}${where.locale === "en" ? "," : ""}\u00a0${year}`;
}

/** `ноя 2026` of `2026-11`. Beside a day May has another case in Russian: it is no longer than its short name. */
export function formatMonth(month: string, locale: Locale): string {
  const [year = "", nth = ""] = month.split("-");
  const name = months[locale].split(" ")[Number(nth) - 1] ?? nth;
  return `${name === "мая" ? "май" : name}\u00a0${year}`;
}

/** `04:53`. */
export function formatTime(at: Date, timeZone: string): string {
  const { hour, minute } = partsOf(at, timeZone);
  return `${hour}:${minute}`;
}

/** `21 ноя, 04:53`. */
export function formatDayTime(at: Date, where: Where): string {
  return `${formatDay(at, where)}, ${formatTime(at, where.timeZone)}`;
}

/** `21 ноя 2026, 04:53:07`: what hovering a relative time shows. */
export function formatMoment(at: Date, where: Where): string {
  const { hour, minute, second } = partsOf(at, where.timeZone);
  return `${formatDate(at, where)}, ${hour}:${minute}:${second}`;
}

/** `2026-11-21 04:53:07`, as spreadsheets read it in any language. */
export function wallClock(at: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone);
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")} ${hour}:${minute}:${second}`;
}
