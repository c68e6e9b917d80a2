import { expect, test } from "vitest";
import { retryAfterMs } from "@/lib/kaspi/retry-after";

const now = new Date("2026-09-18T10:00:00Z");

test.each<[string | undefined, number | null]>([
  ["30", 30_000],
  [" 0 ", null],
  ["Fri, 18 Sep 2026 10:01:00 GMT", 60_000],
  ["Fri, 18 Sep 2026 09:00:00 GMT", null],
  ["soon", null],
  ["", null],
  [undefined, null],
])("Retry-After %j means %j ms", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
