import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayStart, instantAt, localDate, localText } from "@/lib/core/local-time";
import { DAY, HOUR, later } from "@/lib/core/time";

describe("a local time is a moment", () => {
  test.each([
    ["an ordinary evening", "2026-11-22T18:00", "Asia/Almaty", "2026-11-22T13:00:00.000Z"],
    ["midnight", "2026-11-22T00:00", "Asia/Almaty", "2026-11-21T19:00:00.000Z"],
    [
      "an hour that is there twice: the earlier",
      "2024-02-29T23:30",
      "Asia/Almaty",
      "2024-02-29T17:30:00.000Z",
    ],
    [
      "the day before Almaty changed",
      "2024-02-29T22:30",
      "Asia/Almaty",
      "2024-02-29T16:30:00.000Z",
    ],
    ["the day after", "2024-03-01T00:30", "Asia/Almaty", "2024-02-29T19:30:00.000Z"],
    ["before the leap of spring", "2026-03-08T01:59", "America/Adak", "2026-03-08T11:59:00.000Z"],
    [
      "in the leap: the first moment after it",
      "2026-03-08T02:00",
      "America/Adak",
      "2026-03-08T12:00:00.000Z",
    ],
    ["in the middle of the leap", "2026-03-08T02:30", "America/Adak", "2026-03-08T12:00:00.000Z"],
    ["after the leap", "2026-03-08T03:00", "America/Adak", "2026-03-08T12:00:00.000Z"],
    ["before autumn's hour", "2026-11-01T00:59", "America/Adak", "2026-11-01T09:59:00.000Z"],
    [
      "in autumn's hour: the earlier",
      "2026-11-01T01:30",
      "America/Adak",
      "2026-11-01T10:30:00.000Z",
    ],
    ["after autumn's hour", "2026-11-01T02:00", "America/Adak", "2026-11-01T12:00:00.000Z"],
    ["a day that was never there", "2011-12-30T10:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
  ])("%s", (_what, local, zone, at) => {
    expect(instantAt(local, zone).toISOString()).toBe(at);
  });

  const zone = fc.constantFrom("Asia/Almaty", "America/Adak", "Asia/Kathmandu", "UTC");
  const moment = fc.date({
    min: new Date("2020-01-01T00:00:00Z"),
    max: new Date("2030-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  test("what is shown at a moment leads back to it, or an hour before it where it is shown twice", () => {
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
        const back = instantAt(localText(minute, timeZone), timeZone);
        expect([minute.getTime(), minute.getTime() - HOUR]).toContain(back.getTime());
        expect(localText(back, timeZone)).toBe(localText(minute, timeZone));
      }),
    );
  });

  test("a day begins when its date does, and is 23 to 25 hours long", () => {
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const begins = dayStart(at, timeZone);
        const ends = dayStart(at, timeZone, 1);
        expect(begins <= at && at < ends).toBe(true);
        expect(localDate(begins, timeZone)).toBe(localDate(at, timeZone));
        expect(localDate(later(begins, -1), timeZone)).not.toBe(localDate(at, timeZone));
        expect([23, 24, 25]).toContain((ends.getTime() - begins.getTime()) / HOUR);
      }),
    );
  });

  test.each([
    ["America/Adak", "2026-03-08T20:00:00Z", 23],
    ["America/Adak", "2026-11-01T20:00:00Z", 25],
    ["Asia/Almaty", "2024-02-29T10:00:00Z", 25],
  ])("the day of a change in %s", (timeZone, at, hours) => {
    const now = new Date(at);
    const length = dayStart(now, timeZone, 1).getTime() - dayStart(now, timeZone).getTime();
    expect(length / HOUR).toBe(hours);
    expect(dayStart(now, timeZone, 7).getTime() - dayStart(now, timeZone, 1).getTime()).toBe(
      6 * DAY,
    );
  });
});
