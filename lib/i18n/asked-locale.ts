import { defaultLocale, isLocale, type Locale } from "./locales";

const MOST_LANGUAGES = 20;

/** The first language of a browser's list that we speak: `kk-KZ,kk;q=0.9,ru;q=0.8` is Kazakh. */
export function askedLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "").split(",", MOST_LANGUAGES).map((part) => {
    const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
    const weight = rest.map((word) => /^\s*q=([\d.]+)/.exec(word)?.[1]).find(Boolean);
    return { language: tag.split("-")[0] ?? "", weight: Number(weight ?? 1) };
  });
  const spoken = wanted.filter(({ language, weight }) => isLocale(language) && weight > 0);
  const [first] = spoken.toSorted((one, other) => other.weight - one.weight);
  return isLocale(first?.language) ? first.language : defaultLocale;
}
