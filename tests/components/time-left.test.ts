import { describe, expect, it } from "vitest";
import { timeLeft } from "@/components/time-left";

describe("timeLeft", () => {
  it("goes on at the pace so far", () => {
    expect(timeLeft(250, 1_000, 10_000)).toBe(30_000);
  });

  it("is zero when all is done", () => {
    expect(timeLeft(1_000, 1_000, 10_000)).toBe(0);
  });

  it.each([
    ["nothing is done", 0, 10_000],
    ["it has hardly begun", 5, 60_000],
    ["three seconds have not passed", 500, 2_000],
  ])("says nothing while %s", (_, done, elapsed) => {
    expect(timeLeft(done, 1_000, elapsed)).toBeNull();
  });
});
