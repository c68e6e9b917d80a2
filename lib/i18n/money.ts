import { type Tenge, tenge } from "@/lib/core/money";
import type { Locale } from "./locales";

const NARROW_SPACE = "\u202f";

const moneyFormats = new Map<Locale, Intl.NumberFormat>();
const numberFormats = new Map<Locale, Intl.NumberFormat>();

function moneyFormat(locale: Locale): Intl.NumberFormat {
  const known = moneyFormats.get(locale);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "KZT",
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 0,
  });
  moneyFormats.set(locale, format);
  return format;
}

function numberFormat(locale: Locale): Intl.NumberFormat {
  const known = numberFormats.get(locale);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  numberFormats.set(locale, format);
  return format;
}

// Engines disagree on which no-break space they put; one of ours keeps server and browser equal.
const narrow = (text: string) => text.replace(/[\s\u00a0\u202f]/g, NARROW_SPACE);

/** `12 990 ₸` in Russian and Kazakh, `₸12,990` in English; spaces are narrow and do not break. */
export function formatMoney(amount: number, locale: Locale): string {
  return narrow(moneyFormat(locale).format(amount));
}

/** `12 990`, for counts and for money being typed. */
export function formatNumber(amount: number, locale: Locale): string {
  return narrow(numberFormat(locale).format(amount));
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
