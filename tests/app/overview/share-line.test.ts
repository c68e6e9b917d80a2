import { describe, expect, it } from "vitest";
import { middleOf, sharePath, sharePoints } from "@/app/(office)/overview/share-line";

const points = (...percents: (number | null)[]) =>
  percents.map((percent, index) => ({ day: `day ${index}`, percent }));

describe("the line of first places", () => {
  it("stands in the middle of its days, all first at the top", () => {
    expect(sharePath(points(0, 100))).toBe("M25.00 100L75.00 0");
    expect(middleOf(13, 14)).toBeCloseTo(96.43);
  });

  it("breaks where nobody counted and begins anew after it", () => {
    expect(sharePath(points(50, null, 40, 60))).toBe("M12.50 50M62.50 60L87.50 40");
    expect(sharePath(points(null, null))).toBe("");
  });

  it("takes a day without known places for not counted", () => {
    expect(sharePoints([{ day: "2026-11-21", ranked: 0, first: 0 }])).toEqual([
      { day: "2026-11-21", percent: null },
    ]);
  });
});
