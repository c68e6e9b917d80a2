import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { formatMoney, formatNumber, parseMoney } from "@/lib/i18n/money";

const gap = "\u202f";

describe("formatMoney", () => {
  it.each([
    ["ru", `12${gap}990${gap}₸`],
    ["kk", `12${gap}990${gap}₸`],
    ["en", "₸12,990"],
  ] as const)("writes whole tenge in %s with the narrow symbol", (locale, text) => {
    expect(formatMoney(12_990, locale)).toBe(text);
  });

  it("never shows decimals", () => {
    expect(formatMoney(1_000_000.6, "ru")).toBe(`1${gap}000${gap}001${gap}₸`);
  });
});

describe("parseMoney", () => {
  it.each([
    "12990",
    "12 990",
    "12\u00a0990",
    `12${gap}990`,
    " 12 990 ₸ ",
    "12 990 тг",
    "12 990 тг.",
    "12990 тенге",
    "12990 теңге",
    "₸12,990",
    "12.990",
  ])("reads %j as 12 990 tenge", (text) => {
    expect(parseMoney(text)).toEqual({ ok: true, amount: 12_990 });
  });

  it.each(["", "   ", "₸"])("reads %j as nothing", (text) => {
    expect(parseMoney(text)).toEqual({ ok: true, amount: null });
  });

  it.each([
    "12x",
    "-5",
    "−5",
    "12990,50",
    "12.99",
    "1 2990",
    "12 99",
    "1,234.567",
    "0x10",
    "1e5",
    "двенадцать",
    "99999999999999999999",
  ])("refuses %j", (text) => {
    expect(parseMoney(text)).toEqual({ ok: false });
  });

  it.each(locales)("puts a real minus before what is lost, in %s", (locale) => {
    expect(formatMoney(-1_290, locale)).toMatch(/^−/);
    expect(formatNumber(-1.5, locale)).toMatch(/^−1/);
    expect(formatMoney(-1_290, locale)).not.toContain("-");
    expect(formatMoney(-0, locale)).toBe(formatMoney(0, locale));
  });

  it("reads back whatever it has written, in every language", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...locales), (amount, locale) => {
        expect(parseMoney(formatMoney(amount, locale))).toEqual({ ok: true, amount });
        expect(parseMoney(formatNumber(amount, locale))).toEqual({ ok: true, amount });
      }),
    );
  });
});
