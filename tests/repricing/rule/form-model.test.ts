import { expect, test } from "vitest";
import type { z } from "zod";
import {
  limitsForm,
  manualPriceForm,
  minutesField,
  moneyField,
  percentField,
  rateField,
  sellersField,
  tengeField,
} from "@/lib/repricing/rule/form-model";

/** The value read, or the key of what is wrong. */
function read(field: z.ZodType, typed: unknown): unknown {
  const result = field.safeParse(typed);
  return result.success ? result.data : result.error.issues[0]?.message;
}

test.each<[string, unknown, unknown]>([
  ["plain digits", "12990", 12_990],
  ["a space between thousands", "12 990", 12_990],
  ["a no-break space", "12\u00a0990", 12_990],
  ["a narrow no-break space, as our pages write it", "12\u202f990\u202f₸", 12_990],
  ["spaces around", "  990 ", 990],
  ["the lowest price", "10", 10],
  ["a number from JSON", 12_990, 12_990],
  ["nothing clears", "", null],
  ["spaces clear", "   ", null],
  ["null clears", null, null],
  ["text", "дорого", "not_a_number"],
  ["text in a number", "12a90", "not_a_number"],
  ["a lonely currency sign is not an empty field", "₸", "not_a_number"],
  ["a group with a digit missing", "12 99", "not_a_number"],
  ["two numbers", "100 – 200", "not_a_number"],
  ["an exponent", "1e5", "not_a_number"],
  ["a negative", "-990", "number_negative"],
  ["a negative with a typographic minus", "−990", "number_negative"],
  ["a negative number", -990, "number_negative"],
  ["decimals with a comma", "990,50", "number_decimals"],
  ["decimals with a point", "990.5", "number_decimals"],
  ["decimals in a number from JSON", 12.125, "number_decimals"],
  ["9 ₸", "9", "price_below_minimum"],
  ["0 is not how a floor is cleared", "0", "price_below_minimum"],
  ["a billion", "1 000 000 000", "number_too_large"],
  ["digits without end", "9".repeat(30), "not_a_number"],
])("money: %s", (_, typed, expected) => {
  expect(read(moneyField, typed)).toBe(expected);
});

test.each<[string, unknown, unknown]>([
  ["a step of one tenge", "1", 1],
  ["a step of nothing", "0", "number_below_one"],
  ["an empty step", "", null],
])("tenge: %s", (_, typed, expected) => {
  expect(read(tengeField, typed)).toBe(expected);
});

test.each<[string, unknown, unknown]>([
  ["whole", "15", 15],
  ["with a comma", "0,5", 0.5],
  ["with a point and the sign", "1.25 %", 1.25],
  ["a number", 40, 40],
  ["all of it", "100", 100],
  ["empty", "", null],
  ["nothing of it", "0", "not_a_percent"],
  ["more than all", "101", "not_a_percent"],
  ["three decimals", "1,125", "not_a_percent"],
  ["negative", "-5", "not_a_percent"],
  ["text", "половина", "not_a_percent"],
])("percent: %s", (_, typed, expected) => {
  expect(read(percentField, typed)).toBe(expected);
});

test.each<[string, unknown, unknown]>([
  ["five", "5", 5],
  ["a day", "1440", 1440],
  ["empty", "", null],
  ["none", "0", "not_minutes"],
  ["over a day", "1441", "not_minutes"],
  ["half a minute", "0.5", "not_minutes"],
])("minutes: %s", (_, typed, expected) => {
  expect(read(minutesField, typed)).toBe(expected);
});

test("a text longer than anything a person types is refused unread", () => {
  for (const field of [moneyField, percentField, sellersField])
    expect(read(field, "1".repeat(10_001))).toBe("text_too_long");
  const sellers = Array.from({ length: 100 }, (_, nth) => `${nth}`.padStart(64, "x"));
  expect(read(sellersField, sellers.join("\n"))).toEqual(sellers);
});

test("a hundred fields full of spaces hold nobody up", () => {
  const begun = performance.now();
  const spaces = `1${" ".repeat(9_998)}1`;
  for (let nth = 0; nth < 50; nth += 1) {
    expect(read(percentField, spaces)).toBe("not_a_percent");
    expect(read(rateField, spaces)).toBe("not_a_rate");
  }
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test("a limit left out stays, an empty one is cleared", () => {
  expect(limitsForm.parse({ floor: "" })).toEqual({ floor: null, confirm: false });
  expect(limitsForm.parse({ ceiling: "12 990", confirm: "on" })).toEqual({
    ceiling: 12_990,
    confirm: true,
  });
});

test("each wrong limit is named", () => {
  const { error } = limitsForm.safeParse({ floor: "-1", ceiling: "abc" });
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["floor", "number_negative"],
    ["ceiling", "not_a_number"],
  ]);
});

test("a price by hand must be there", () => {
  expect(manualPriceForm.parse({ price: "990" })).toEqual({ price: 990, confirm: false });
  const { error } = manualPriceForm.safeParse({ price: " " });
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["price", "field_empty"],
  ]);
});

test.each<[unknown, boolean]>([
  [true, true],
  ["on", true],
  ["true", true],
  [false, false],
  [undefined, false],
])("confirm given as %s is %s", (confirm, expected) => {
  expect(manualPriceForm.parse({ price: 990, confirm }).confirm).toBe(expected);
});
