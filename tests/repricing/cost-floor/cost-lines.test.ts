import { describe, expect, test } from "vitest";
import { readCostLines } from "@/lib/repricing/cost-floor/cost-lines";

const head = { line: 1, cells: ["SKU", "Себестоимость", "Вес, г"] };

describe("the lines of a file of costs", () => {
  test("are not believed where a cell is longer than anybody types", async () => {
    const long = "1".repeat(501);
    const rows = [
      head,
      { line: 2, cells: [long, "5", "6"] },
      { line: 3, cells: ["A-1", "5", long] },
    ];
    expect(await readCostLines(rows)).toEqual([
      {
        line: 2,
        article: long,
        costs: { cost: 5, weightGrams: 6 },
        problems: [{ column: "article", key: "text_too_long" }],
      },
      {
        line: 3,
        article: "A-1",
        costs: { cost: 5 },
        problems: [{ column: "weightGrams", key: "text_too_long" }],
      },
    ]);
  });

  test("are read in turns with everybody else", async () => {
    const rows = Array.from({ length: 20_000 }, (_, nth) => ({
      line: nth + 2,
      cells: [`A-${nth}`, "5", "6"],
    }));
    let turns = 0;
    const count = () => {
      turns += 1;
      turn = setImmediate(count);
    };
    let turn = setImmediate(count);
    expect(await readCostLines([head, ...rows])).toHaveLength(rows.length);
    clearImmediate(turn);
    expect(turns).toBeGreaterThanOrEqual(9);
  });
});
