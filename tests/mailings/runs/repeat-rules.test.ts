import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localText } from "@/lib/core/local-time";
import { nextOccurrence, nextStart } from "@/lib/mailings/runs/repeat-rules";

const at = (text: string) => new Date(`${text}Z`);
const repeated = (firstAt: string, repeats: "day" | "week" | "month", lastAt?: string) => ({
  ...{ firstAt: at(firstAt), repeats },
  lastAt: lastAt ? at(lastAt) : null,
});

describe("a mailing that is repeated", () => {
  test("comes again the next day, week and month at its hour", () => {
    const now = at("2026-11-22T10:00");
    const next = (repeats: "day" | "week" | "month") =>
      nextOccurrence(repeated("2026-11-20T04:00", repeats), "Asia/Almaty", now)?.toISOString();
    expect(next("day")).toBe("2026-11-23T04:00:00.000Z");
    expect(next("week")).toBe("2026-11-27T04:00:00.000Z");
    expect(next("month")).toBe("2026-12-20T04:00:00.000Z");
  });

  test("of the last day of a month comes on the last day of a shorter one", () => {
    const january = repeated("2026-01-31T04:00", "month");
    const next = (now: string) => nextOccurrence(january, "Asia/Almaty", at(now))?.toISOString();
    expect(next("2026-02-01T00:00")).toBe("2026-02-28T04:00:00.000Z");
    expect(next("2026-03-01T00:00")).toBe("2026-03-31T04:00:00.000Z");
    expect(next("2028-02-01T00:00")).toBe("2028-02-29T04:00:00.000Z");
  });

  test("stays at nine of the wall when clocks are put forward and back", () => {
    const daily = repeated("2026-03-07T18:00", "day");
    const shown = (now: string) => {
      const next = nextOccurrence(daily, "America/Adak", at(now));
      return next && localText(next, "America/Adak");
    };
    expect(shown("2026-03-07T20:00")).toBe("2026-03-08T08:00");
    expect(shown("2026-03-09T00:00")).toBe("2026-03-09T08:00");
    expect(shown("2026-11-01T00:00")).toBe("2026-11-01T08:00");
    expect(shown("2026-11-02T00:00")).toBe("2026-11-02T08:00");
  });

  test("of an hour that a day leaves out comes at the first moment after it", () => {
    const night = repeated("2026-03-07T12:30", "day");
    const next = nextOccurrence(night, "America/Adak", at("2026-03-07T13:00"));
    expect(next?.toISOString()).toBe("2026-03-08T12:00:00.000Z");
  });

  test("comes no more after its last moment, and what was missed is not made up for", () => {
    const ending = repeated("2026-11-20T04:00", "day", "2026-11-24T03:00");
    expect(nextOccurrence(ending, "Asia/Almaty", at("2026-11-23T05:00"))).toBeNull();
    const late = nextOccurrence(
      repeated("2020-01-01T04:00", "day"),
      "Asia/Almaty",
      at("2026-11-22T05:00"),
    );
    // Ten of the wall, which was six hours ahead then and is five since 2024.
    expect(late?.toISOString()).toBe("2026-11-23T05:00:00.000Z");
    expect(
      nextOccurrence(
        { firstAt: at("2026-01-01T00:00"), lastAt: null, repeats: "none" },
        "UTC",
        at("2026-01-02T00:00"),
      ),
    ).toBeNull();
  });

  test("always comes after now, at the hour and minute of its first time or where that was left out", () => {
    const zones = fc.constantFrom("Asia/Almaty", "America/Adak", "Europe/Berlin", "Pacific/Apia");
    const moment = fc.date({
      min: at("2020-01-01T00:00"),
      max: at("2030-01-01T00:00"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        moment,
        moment,
        fc.constantFrom("day", "week", "month"),
        zones,
        (first, now, every, zone) => {
          const next = nextOccurrence({ firstAt: first, lastAt: null, repeats: every }, zone, now);
          expect(next?.getTime()).toBeGreaterThan(now.getTime());
          const longest = { day: 2, week: 8, month: 32 }[every] * 86_400_000;
          const from = Math.max(now.getTime(), first.getTime());
          expect((next?.getTime() ?? 0) - from).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });
});

type Written = Parameters<typeof nextStart>;

describe("a schedule that is written", () => {
  const now = at("2026-11-22T10:00");
  const once = (firstAt: string) => ({ ...repeated(firstAt, "day"), repeats: "none" as const });
  const start = (given: Written[0], before: Written[1]) =>
    nextStart(given, before, { timeZone: "Asia/Almaty", now })?.toISOString() ?? null;
  const [yesterday, today, tomorrow] = ["2026-11-21T04:00", "2026-11-22T04:00", "2026-11-23T04:00"];
  const iso = (text: string) => at(text).toISOString();

  test("begins at its first moment, and what is repeated not before its next", () => {
    expect(start(once(tomorrow), null)).toBe(iso(tomorrow));
    expect(start(once(yesterday), null)).toBe(iso(yesterday));
    expect(start(repeated(tomorrow, "day"), null)).toBe(iso(tomorrow));
    expect(start(repeated(yesterday, "day"), null)).toBe(iso(tomorrow));
    expect(start({ ...once(today), firstAt: null }, null)).toBeNull();
  });

  test("is not begun by a first moment that it has had before", () => {
    const sent = { ...once(yesterday), nextRunAt: null };
    expect(start(once(yesterday), sent)).toBeNull();
    expect(start(once(today), sent)).toBe(iso(today));
    expect(start(once(tomorrow), sent)).toBe(iso(tomorrow));
    const daily = { ...repeated(yesterday, "day"), nextRunAt: at(tomorrow) };
    expect(start(repeated(yesterday, "day"), daily)).toBe(iso(tomorrow));
    expect(start(repeated(yesterday, "week"), daily)).toBe(iso("2026-11-28T04:00"));
    expect(start(repeated(yesterday, "day", today), daily)).toBeNull();
  });

  test("keeps its turn while it waits for a second person", () => {
    const daily = { ...repeated(yesterday, "day"), nextRunAt: at(today) };
    expect(start(repeated(yesterday, "day"), daily)).toBe(iso(today));
    const single = { ...once(today), nextRunAt: at(today) };
    expect(start(once(today), single)).toBe(iso(today));
  });
});
