import { describe, expect, test } from "vitest";
import { plainHeader } from "@/lib/excel/header-model";
import { locales } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { plainFields, readOnlyColumns, stockField } from "@/lib/table-files/field-model";
import { readCell } from "@/lib/table-files/read-cell";
import { clears, columnCalled, headerOf, type TableColumn } from "@/lib/table-files/words";

const columns: TableColumn[] = ["article", ...readOnlyColumns, ...plainFields, stockField("PP12")];

describe("a head", () => {
  test.each(locales)("in %s is understood in any case and with other blanks", (locale) => {
    const t = translator(locale);
    for (const column of columns) {
      const header = headerOf(t, column);
      for (const written of [header, header.toUpperCase(), `  ${header.replace(" ", "  ")} `])
        expect([written, columnCalled(written)]).toEqual([written, column]);
    }
  });

  test("means one thing, whatever the language", () => {
    const meant = new Map<string, TableColumn>();
    for (const locale of locales)
      for (const column of columns) {
        const plain = plainHeader(headerOf(translator(locale), column));
        expect([plain, meant.get(plain) ?? column]).toEqual([plain, column]);
        meant.set(plain, column);
      }
  });

  test("that is nobody's is no column", () => {
    expect(columnCalled("Остаток у нас")).toBeUndefined();
    expect(columnCalled("Минимум чего-то")).toBeUndefined();
    expect(columnCalled("constructor")).toBeUndefined();
  });
});

describe("a cell", () => {
  test.each([
    ["bot", "ДА", true],
    ["bot", "жоқ", false],
    ["bot", "TRUE".toLowerCase(), true],
    ["bot", "0", false],
    ["floor", "12 990 ₸", 12_990],
    ["step", "1,5 %", { unit: "percent", value: 1.5 }],
    ["step", "5", { unit: "tenge", value: 5 }],
    ["strategy", "Ниже самого дешёвого", { kind: "undercut" }],
    ["strategy", "одну и ту же: 12 990", { kind: "fixed", price: 12_990 }],
    [
      "whenAlone",
      "подниматься понемногу: 2 %",
      { kind: "climb", by: { unit: "percent", value: 2 } },
    ],
    ["floorFromCost", "из себестоимости", true],
    ["ceilingMarkup", "как задан", "typed"],
    ["ceilingMarkup", "40 %", 40],
    ["minMargin", "12,5", 1250],
    ["stock:PP1", "2.0", 2],
    ["note", "'=1+1", "=1+1"],
  ] as const)("of %s that says «%s» is read", (field, text, value) => {
    expect(readCell(field, text)).toEqual({ value });
  });

  test.each([
    ["bot", "может быть", "not_yes_no"],
    ["floor", "=A1*2", "not_a_number"],
    ["floor", "9", "price_below_minimum"],
    ["floor", "12,50", "number_decimals"],
    ["strategy", "самую лучшую", "not_a_choice"],
    ["strategy", "одну и ту же", "field_empty"],
    ["strategy", "constructor", "not_a_choice"],
    ["step", "1000 %", "not_a_percent"],
    ["stock:PP1", "-1", "not_a_stock"],
    ["stock:PP1", "1.5", "not_a_stock"],
    ["note", "x".repeat(501), "text_too_long"],
  ] as const)("of %s that says «%s» is told to be wrong", (field, text, problem) => {
    expect(readCell(field, text)).toEqual({ problem });
  });

  test("takes a value away by a dash or a word of any language", () => {
    for (const text of ["-", "—", "Очистить", "тазарту", "CLEAR"]) expect(clears(text)).toBe(true);
    for (const text of ["", "0", "нет", "--"]) expect(clears(text)).toBe(false);
  });
});
