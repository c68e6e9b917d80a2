import { formatDate, formatDay } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locales";
import type { SalesStep } from "@/lib/sales/model";

/** A calendar day has no zone: it is written as it is called. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** A step by its first day; a month by its name and year. */
export function stepName(day: string, step: SalesStep, locale: Locale): string {
  const where = { locale, timeZone: "UTC" };
  if (step !== "month") return formatDay(noon(day), where);
  return formatDate(noon(day), where).replace(/^1\u00a0|\u00a01,/, "");
}
