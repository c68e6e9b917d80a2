import { expect, test } from "vitest";
import { dayAfter, monthAfter, weeksOf } from "@/lib/bot/day-rules";

test("days and months go over the end of a year, and February is as long as it is", () => {
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
  expect(monthAfter("2027-01", -1)).toBe("2026-12");
});

test("a month is laid out in weeks from Monday", () => {
  const weeks = weeksOf("2026-11");
  // The first of November 2026 is a Sunday.
  expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
  expect(weeks.flat().filter(Boolean)).toHaveLength(30);
  expect(weeks.every((week) => week.length === 7)).toBe(true);
  expect(weeks.at(-1)).toEqual(["2026-11-30", null, null, null, null, null, null]);
});

test("a month of four whole weeks has no empty row", () => {
  expect(weeksOf("2027-02")).toHaveLength(4);
});
