import { expect, test } from "vitest";
import { askedLocale } from "@/lib/i18n/asked-locale";

test.each([
  ["kk-KZ,kk;q=0.9,ru;q=0.8", "kk"],
  ["de-DE,en-US;q=0.7,ru;q=0.9", "ru"],
  ["EN", "en"],
  ["de, fr;q=0.5", "ru"],
  ["kk;q=0, en;q=0.1", "en"],
  ["", "ru"],
  [null, "ru"],
  [",;q=;;,", "ru"],
])("%j is spoken to in %s", (asked, locale) => {
  expect(askedLocale(asked)).toBe(locale);
});
