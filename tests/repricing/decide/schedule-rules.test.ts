import { expect, test } from "vitest";
import { isAtWork, minuteOfWeek, nextWork } from "@/lib/repricing/decide/schedule-rules";
import type { RuleSchedule } from "@/lib/repricing/rule/rule-model";

const clock = (day: number, hour: number, minute = 0) => (day - 1) * 1440 + hour * 60 + minute;
const every = [1, 2, 3, 4, 5, 6, 7];
const schedule = (...windows: RuleSchedule["windows"]): RuleSchedule => ({
  windows,
  outside: "hold",
});

test.each<[string, string, number]>([
  // Kazakhstan has had one time since March 2024, and no summer time.
  ["2026-03-02T12:00:00Z", "Asia/Almaty", clock(1, 17)],
  ["2026-03-01T18:59:59Z", "Asia/Almaty", clock(7, 23, 59)],
  ["2026-03-01T19:00:00Z", "Asia/Almaty", clock(1, 0)],
  // Before, Almaty was an hour ahead; its last night had one hour twice.
  ["2024-02-29T17:30:00Z", "Asia/Almaty", clock(4, 23, 30)],
  ["2024-02-29T18:30:00Z", "Asia/Almaty", clock(4, 23, 30)],
  // The Aleutians, on both sides of the hour that summer skips and winter repeats.
  ["2026-03-08T11:59:00Z", "America/Adak", clock(7, 1, 59)],
  ["2026-03-08T12:00:00Z", "America/Adak", clock(7, 3, 0)],
  ["2026-11-01T10:30:00Z", "America/Adak", clock(7, 1, 30)],
  ["2026-11-01T11:30:00Z", "America/Adak", clock(7, 1, 30)],
  ["2026-11-01T12:00:00Z", "America/Adak", clock(7, 2, 0)],
  ["2026-01-05T00:00:00Z", "UTC", 0],
])("%s in %s is minute %d of the week", (moment, zone, minute) => {
  expect(minuteOfWeek(new Date(moment), zone)).toBe(minute);
});

test("a zone nobody knows is an error and not some other time", () => {
  expect(() => minuteOfWeek(new Date(0), "Asia/Nowhere")).toThrow(RangeError);
});

const office = schedule({ days: [1, 2, 3, 4, 5], from: 540, to: 1080 });
const nights = schedule({ days: [5, 7], from: 1320, to: 360 });
const wholeDay = schedule({ days: [3], from: 600, to: 600 });
const always = schedule({ days: every, from: 0, to: 0 });

test.each<[string, RuleSchedule, number, boolean]>([
  ["a minute before the window opens", office, clock(1, 8, 59), false],
  ["as the window opens", office, clock(1, 9), true],
  ["the last minute of the window", office, clock(5, 17, 59), true],
  ["as the window closes", office, clock(5, 18), false],
  ["on a day that has none", office, clock(6, 12), false],
  ["before midnight in a window over it", nights, clock(5, 23), true],
  ["after midnight in a window over it", nights, clock(6, 5, 59), true],
  ["as a window over midnight closes", nights, clock(6, 6), false],
  ["the evening after, which has no window", nights, clock(6, 23), false],
  ["on Monday in the window of Sunday night", nights, clock(1, 3), true],
  ["on the day before a window from ten to ten", wholeDay, clock(3, 9, 59), false],
  ["a day later in a window from ten to ten", wholeDay, clock(4, 9, 59), true],
  ["as a window from ten to ten closes", wholeDay, clock(4, 10), false],
])("%s", (_, given, minute, works) => {
  expect(isAtWork(given, minute)).toBe(works);
});

test("windows from midnight to midnight leave no minute out", () => {
  for (let minute = 0; minute < 10_080; minute += 1) expect(isAtWork(always, minute)).toBe(true);
});

test.each<[RuleSchedule, number, number]>([
  [office, clock(1, 8), clock(1, 9)],
  [office, clock(5, 20), clock(1, 9)],
  [nights, clock(6, 12), clock(7, 22)],
  [nights, clock(1, 12), clock(5, 22)],
])("the bot works again when the next window opens (%#)", (given, minute, next) => {
  expect(nextWork(given, minute)).toBe(next);
});
