import { describe, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { isTriedOut, judgeTrial } from "@/lib/repricing/hold/canary-rules";

describe("a change of rules", () => {
  test.each([
    [50, false],
    [51, true],
  ])("of %i products is tried out first: %s", (products, tried) => {
    expect(isTriedOut(products)).toBe(tried);
  });
});

describe("a trial", () => {
  const trial = { products: 51, ageMs: 0, alive: 0, confirmed: 0, failed: 0 };

  test.each([
    [51, 5],
    [250, 5],
    [251, 6],
    [300, 6],
    [500, 10],
    [50_000, 10],
  ])("of %i products sends %i first", (products, wanted) => {
    expect(judgeTrial({ ...trial, products })).toEqual({ kind: "goes_on", wanted });
  });

  test("sends no more than it wants, and as many more as were lost", () => {
    expect(judgeTrial({ ...trial, alive: 5, confirmed: 2 })).toEqual({
      kind: "goes_on",
      wanted: 0,
    });
    expect(judgeTrial({ ...trial, alive: 3 })).toEqual({ kind: "goes_on", wanted: 2 });
  });

  test("has passed when all of them are confirmed, and no sooner", () => {
    expect(judgeTrial({ ...trial, alive: 5, confirmed: 4 }).kind).toBe("goes_on");
    expect(judgeTrial({ ...trial, alive: 5, confirmed: 5 })).toEqual({ kind: "passed" });
  });

  test("has passed after an hour when all there were are confirmed, however few", () => {
    const old = { ...trial, ageMs: HOUR };
    expect(judgeTrial({ ...old, alive: 1, confirmed: 1 })).toEqual({ kind: "passed" });
    expect(judgeTrial({ ...old, ageMs: HOUR - 1, alive: 1, confirmed: 1 }).kind).toBe("goes_on");
    expect(judgeTrial({ ...old, alive: 2, confirmed: 1 }).kind).toBe("goes_on");
    expect(judgeTrial(old).kind).toBe("goes_on");
    expect(judgeTrial({ ...old, alive: 1, confirmed: 1, failed: 1 })).toEqual({ kind: "failed" });
  });

  test("has failed with the first that failed, whatever the others did", () => {
    expect(judgeTrial({ ...trial, alive: 5, confirmed: 5, failed: 1 })).toEqual({ kind: "failed" });
  });
});
