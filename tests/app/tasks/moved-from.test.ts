import { expect, test } from "vitest";
import { movesBack } from "@/app/(office)/tasks/moved-from";

const shown = [
  { id: "1", categoryId: "a" },
  { id: "2", categoryId: "b" },
  { id: "3", categoryId: "a" },
  { id: "4", categoryId: "c" },
];

test("what is moved goes back to the list that each came from", () => {
  expect(movesBack(shown, { categoryId: "c", taskIds: ["3", "2", "1"] })).toEqual([
    { categoryId: "a", taskIds: ["1", "3"] },
    { categoryId: "b", taskIds: ["2"] },
  ]);
});

test("what is in the list already, or on the page no more, goes nowhere", () => {
  expect(movesBack(shown, { categoryId: "c", taskIds: ["4", "gone"] })).toEqual([]);
});
