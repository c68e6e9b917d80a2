import { type Tenge, tenge } from "@/lib/core/money";
import { formats } from "./formats";
import type { Locale } from "./locales";

const NARROW_SPACE = "\u202f";

// Not every browser knows Kazakh; its numbers and money are written as Russian ones are.
function perLocale(options: Intl.NumberFormatOptions): Record<Locale, Intl.NumberFormat> {
  // Nothing lost is no loss: −0 is written without a sign.
  const signed = { signDisplay: "negative", ...options } as const;
  const ru = new Intl.NumberFormat("ru", signed);
  return { ru, kk: ru, en: new Intl.NumberFormat("en", signed) };
}

const moneyFormats = perLocale(formats.number.money);
const numberFormats = perLocale({ maximumFractionDigits: 2 });

/** Engines disagree on which no-break space they put; one of ours keeps server and browser equal. */
export const narrow = (text: string) => text.replace(/\u00a0/g, NARROW_SPACE);

/** A minus, where engines write a hyphen. */
const written = (text: string) => narrow(text).replace("-", "−");

/** `12 990 ₸` and `−50 ₸` in Russian and Kazakh, `₸12,990` in English; spaces are narrow and do not break. */
export function formatMoney(amount: number, locale: Locale): string {
  return written(moneyFormats[locale].format(amount));
}

/** `12 990`, for counts and for money being typed. */
export function formatNumber(amount: number, locale: Locale): string {
  return written(numberFormats[locale].format(amount));
}

/** `12,5 %` with a narrow space in Russian and Kazakh, `12.5%` in English. */
export function formatPercent(percent: number, locale: Locale): string {
  return `${formatNumber(percent, locale)}${locale === "en" ? "" : NARROW_SPACE}%`;
}

/** What a person typed: an amount, nothing at all (`null`), or something that is not whole tenge. */
export type TypedMoney = { ok: true; amount: Tenge | null } | { ok: false };

const plain = /^\d+$/;
const grouped = /^\d{1,3}(?:([ ,.'])\d{3})(?:\1\d{3})*$/;

/** Reads `12990`, `12 990 ₸`, `12,990` and `12.990`; refuses signs, letters and tiyn. */
export function parseMoney(text: string): TypedMoney {
  const typed = text
    .replace(/(?:₸|тг\.?|тенге|теңге|kzt)\s*$/i, "")
    .replace(/^₸/, "")
    .replace(/[\s\u00a0\u202f]+/g, " ")
    .trim();
  if (typed === "") return { ok: true, amount: null };
  if (!plain.test(typed) && !grouped.test(typed)) return { ok: false };
  const amount = Number(typed.replace(/\D/g, ""));
  return Number.isSafeInteger(amount) ? { ok: true, amount: tenge(amount) } : { ok: false };
}
