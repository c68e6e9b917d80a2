import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { minuteOf, type Quiet, quietUntil } from "@/lib/telling/quiet-rules";

const at = (text: string) => new Date(text);
const night = { quietFrom: 22 * 60, quietUntil: 8 * 60 };
const until = (now: string, zone: string, quiet: Quiet = night) =>
  quietUntil(at(now), quiet, zone).toISOString().slice(0, 16);

describe("quiet hours", () => {
  test.each([
    ["by day it is told at once", "2026-11-22T07:00", "2026-11-22T07:00"],
    ["in the evening it waits for the morning", "2026-11-22T18:00", "2026-11-23T03:00"],
    ["after midnight it waits for the same morning", "2026-11-22T20:30", "2026-11-23T03:00"],
    ["at the first quiet minute it waits", "2026-11-22T17:00", "2026-11-23T03:00"],
    ["at the last it waits a minute", "2026-11-23T02:59", "2026-11-23T03:00"],
    ["when they are over it does not", "2026-11-23T03:00", "2026-11-23T03:00"],
  ])("in Almaty, %s", (_, now, then) => {
    expect(until(`${now}:00Z`, "Asia/Almaty")).toBe(then);
  });

  test("of a day, not over midnight", () => {
    const lunch = { quietFrom: 13 * 60, quietUntil: 14 * 60 };
    expect(until("2026-11-22T08:30:00Z", "Asia/Almaty", lunch)).toBe("2026-11-22T09:00");
    expect(until("2026-11-22T09:00:00Z", "Asia/Almaty", lunch)).toBe("2026-11-22T09:00");
  });

  test("none: at any time", () => {
    const none = { quietFrom: null, quietUntil: null };
    expect(until("2026-11-22T20:30:00Z", "Asia/Almaty", none)).toBe("2026-11-22T20:30");
  });

  // America/Adak: 2026-03-08 02:00 → 03:00 (12:00Z), 2026-11-01 02:00 → 01:00 (11:00Z).
  test("the night in which clocks are put forward is an hour shorter", () => {
    expect(until("2026-03-08T09:00:00Z", "America/Adak")).toBe("2026-03-08T17:00");
  });
  test("the night in which they are put back is an hour longer", () => {
    expect(until("2026-11-01T08:00:00Z", "America/Adak")).toBe("2026-11-01T18:00");
  });
  test("an end that clocks skip is when they skip it", () => {
    const odd = { quietFrom: 60, quietUntil: 150 };
    expect(until("2026-03-08T11:30:00Z", "America/Adak", odd)).toBe("2026-03-08T12:00");
  });
  test("an end that they show twice ends the quiet twice", () => {
    const odd = { quietFrom: 0, quietUntil: 90 };
    // 00:30, first 01:40, second 01:10.
    expect(until("2026-11-01T09:30:00Z", "America/Adak", odd)).toBe("2026-11-01T10:30");
    expect(until("2026-11-01T10:40:00Z", "America/Adak", odd)).toBe("2026-11-01T10:40");
    expect(until("2026-11-01T11:10:00Z", "America/Adak", odd)).toBe("2026-11-01T11:30");
  });

  test("whatever they are, it is told at the first minute that is not quiet, within a day and an hour", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const moment = fc.oneof(
      fc.integer({ min: Date.UTC(2026, 2, 7), max: Date.UTC(2026, 2, 10) }),
      fc.integer({ min: Date.UTC(2026, 9, 31), max: Date.UTC(2026, 10, 3) }),
    );
    const zone = fc.constantFrom(
      "America/Adak",
      "Asia/Almaty",
      "Europe/Berlin",
      "Australia/Lord_Howe",
    );
    fc.assert(
      fc.property(moment, minute, minute, zone, (ms, quietFrom, end, timeZone) => {
        fc.pre(quietFrom !== end);
        const now = later(new Date(ms), -(ms % MINUTE));
        const isQuiet = (when: Date) => {
          const shown = minuteOf(when, timeZone);
          return quietFrom < end
            ? shown >= quietFrom && shown < end
            : shown >= quietFrom || shown < end;
        };
        const then = quietUntil(now, { quietFrom, quietUntil: end }, timeZone);
        expect(isQuiet(then)).toBe(false);
        for (let one = now; one < then; one = later(one, MINUTE)) expect(isQuiet(one)).toBe(true);
        expect(then.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 60 * MINUTE);
      }),
      { numRuns: 150 },
    );
  });
});
