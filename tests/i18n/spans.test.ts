import { describe, expect, it } from "vitest";
import { type Locale, locales } from "@/lib/i18n/locales";
import { spanOf } from "@/lib/i18n/spans";
import { translator } from "@/lib/i18n/translator";

const MINUTE = 60_000;

function ago(milliseconds: number, locale: Locale): string {
  const { unit, count } = spanOf(milliseconds);
  return translator(locale)(`common.ago.${unit}`, { count });
}

describe("spans of time", () => {
  it.each([
    [0, "1 с назад"],
    [40_000, "40 с назад"],
    [59_999, "60 с назад"],
    [4 * MINUTE, "4 мин назад"],
    [90 * MINUTE, "2 ч назад"],
    [26 * 60 * MINUTE, "26 ч назад"],
    [3 * 24 * 60 * MINUTE, "3 дня назад"],
    [5 * 24 * 60 * MINUTE, "5 дней назад"],
    [21 * 24 * 60 * MINUTE, "21 день назад"],
  ])("of %i ms are said as «%s»", (milliseconds, words) => {
    expect(ago(milliseconds, "ru")).toBe(words);
  });

  it("have their plurals in Kazakh and English", () => {
    const threeDays = 3 * 24 * 60 * MINUTE;
    expect(ago(threeDays, "kk")).toBe("3 күн бұрын");
    expect(ago(threeDays, "en")).toBe("3 days ago");
  });

  it.each(locales)("are said for every unit in %s without a missing word", (locale) => {
    for (const milliseconds of [1, MINUTE, 100 * MINUTE, 10_000 * MINUTE]) {
      expect(ago(milliseconds, locale)).not.toContain("common.");
    }
  });
});
