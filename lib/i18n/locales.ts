export const locales = ["ru", "kk", "en"] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "ru";
export const localeCookie = "duken-locale";

/** Each language by its own name, as a list of languages shows them. */
export const localeNames: Record<Locale, string> = {
  ru: "Русский",
  kk: "Қазақша",
  en: "English",
};

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
