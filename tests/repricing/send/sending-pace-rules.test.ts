import { describe, expect, test } from "vitest";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import { type SendingPace, sentBy } from "@/lib/repricing/send/sending-pace-rules";
import { noon } from "../../support/pricing";

const pace = (over: Partial<SendingPace> = {}): SendingPace => ({
  now: noon,
  blockedUntil: null,
  spent: [],
  perWindow: 250,
  windowMs: 30 * MINUTE,
  perSecond: 1.5,
  ...over,
});

const timeFor = (count: number, over?: Partial<SendingPace>) =>
  sentBy(count, pace(over)).getTime() - noon.getTime();

describe("the time that sending takes", () => {
  test("is none for nothing, and none for the first", () => {
    expect(timeFor(0)).toBe(0);
    expect(timeFor(1)).toBe(0);
  });

  test("is that of the pace, within the budget", () => {
    expect(timeFor(4)).toBe(2 * SECOND);
    expect(Math.round(timeFor(250) / SECOND)).toBe(166);
  });

  test("is that of the window, beyond it", () => {
    expect(timeFor(251)).toBe(30 * MINUTE);
    expect(Math.round(timeFor(500) / MINUTE)).toBe(33);
    expect(timeFor(501)).toBe(60 * MINUTE);
  });

  test("begins with what was spent before", () => {
    const spent = Array.from({ length: 250 }, (_, nth) => later(noon, -MINUTE * (25 - nth / 10)));
    expect(timeFor(1, { spent })).toBe(5 * MINUTE);
    expect(timeFor(251, { spent })).toBe(35 * MINUTE);
  });

  test("begins when the login may write again", () => {
    expect(timeFor(1, { blockedUntil: later(noon, 20 * MINUTE) })).toBe(20 * MINUTE);
    expect(timeFor(1, { blockedUntil: later(noon, -MINUTE) })).toBe(0);
  });
});
