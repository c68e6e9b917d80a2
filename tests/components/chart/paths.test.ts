import { expect, test } from "vitest";
import { bandPath, nearest, stepPath, valueAt } from "@/components/chart/paths";

const same = (value: number) => value;
const plot = { x: same, y: same, to: 10 };

test("a line goes on until the next step, and the last one to the end", () => {
  const line = [
    { at: 0, value: 5 },
    { at: 4, value: 7 },
  ];
  expect(stepPath(line, plot)).toBe("M0 5H4V7H10");
});

test("a line is broken where nobody knows", () => {
  const line = [
    { at: 0, value: 5 },
    { at: 2, value: null },
    { at: 6, value: 7 },
  ];
  expect(stepPath(line, plot)).toBe("M0 5H2M6 7H10");
});

test("the band lies between both limits, and nowhere without one of them", () => {
  const floor = [
    { at: 0, value: null },
    { at: 2, value: 1 },
  ];
  const ceiling = [
    { at: 0, value: 9 },
    { at: 5, value: 8 },
  ];
  expect(bandPath(floor, ceiling, plot)).toBe("M2 9H5V1H2ZM5 8H10V1H5Z");
});

test("the nearest moment is found, of none there is none", () => {
  const moments = [{ at: 1 }, { at: 5 }, { at: 9 }];
  expect([0, 3.5, 7.5, 20].map((at) => nearest(moments, at))).toEqual([0, 1, 2, 2]);
  expect(nearest([], 3)).toBe(-1);
});

test("a value holds until the next, and before the first nobody knows", () => {
  const line = [
    { at: 1, value: 10 },
    { at: 7, value: null },
  ];
  expect([0, 1, 6, 9].map((at) => valueAt(line, at))).toEqual([null, 10, 10, null]);
});
