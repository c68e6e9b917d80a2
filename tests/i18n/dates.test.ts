import { describe, expect, it } from "vitest";
import { formatDate, formatDay, formatDayTime, formatMoment, formatMonth } from "@/lib/i18n/dates";
import { locales } from "@/lib/i18n/locales";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const newYearsEve = new Date("2026-12-31T20:04:07Z");

describe("dates", () => {
  it("belong to the workspace's day, not to the server's", () => {
    const where = { locale: "ru", timeZone: "Asia/Almaty" } as const;
    expect(plain(formatMoment(newYearsEve, where))).toBe("1 янв 2027, 01:04:07");
    expect(plain(formatMoment(newYearsEve, { ...where, timeZone: "America/New_York" }))).toBe(
      "31 дек 2026, 15:04:07",
    );
  });

  it.each([
    ["ru", "9 мая", "9 мая 2026", "9 мая, 05:30"],
    ["kk", "9 мам", "9 мам 2026", "9 мам, 05:30"],
    ["en", "May 9", "May 9, 2026", "May 9, 05:30"],
  ] as const)("are written the way %s reads them", (locale, day, date, dayTime) => {
    const at = new Date("2026-05-09T00:30:00Z");
    const where = { locale, timeZone: "Asia/Almaty" };
    expect(plain(formatDay(at, where))).toBe(day);
    expect(plain(formatDate(at, where))).toBe(date);
    expect(plain(formatDayTime(at, where))).toBe(dayTime);
  });

  it.each(locales)("have twelve different months in %s", (locale) => {
    const names = Array.from({ length: 12 }, (_, month) =>
      formatDay(new Date(Date.UTC(2026, month, 15)), { locale, timeZone: "UTC" }),
    );
    expect(new Set(names).size).toBe(12);
    expect(names.every((name) => /\p{L}{3}/u.test(name))).toBe(true);
  });

  it("are months of their own, May in its own case", () => {
    const named = locales.map((locale) =>
      ["2026-05", "2025-12"].map((one) => formatMonth(one, locale)),
    );
    expect(named.map((two) => two.map(plain))).toEqual([
      ["май 2026", "дек 2025"],
      ["мам 2026", "жел 2025"],
      ["May 2026", "Dec 2025"],
    ]);
  });
});
