import Excel from "exceljs";
import { describe, expect, test } from "vitest";
import { readRows } from "@/lib/excel/read-rows";

const bytes = (text: string) => new TextEncoder().encode(text);
const cells = async (file: Uint8Array) => (await readRows(file)).map((row) => row.cells);

describe("a table in a file", () => {
  test("is read from Excel with the line of each row", async () => {
    const workbook = new Excel.Workbook();
    const page = workbook.addWorksheet("Costs");
    page.addRow(["Артикул", "Себестоимость"]);
    page.addRow([]);
    page.addRow(["A-1", 1200]);
    page.addRow(["A-2", { formula: "B3*2", result: 2400 }]);
    const file = new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
    expect(await readRows(file)).toEqual([
      { line: 1, cells: ["Артикул", "Себестоимость"] },
      { line: 3, cells: ["A-1", "1200"] },
      { line: 4, cells: ["A-2", "2400"] },
    ]);
  });

  test("is read from a text with whatever separates its cells", async () => {
    const expected = [
      ["sku", "cost"],
      ["A 1", "1 200"],
    ];
    for (const mark of [",", ";", "\t"])
      expect(await cells(bytes(`sku${mark}cost\r\nA 1${mark}1 200\r\n`))).toEqual(expected);
  });

  test("keeps separators, quotes and line breaks inside quotes", async () => {
    expect(await cells(bytes('a;b\n"x;y";"say ""hi""\nthere"'))).toEqual([
      ["a", "b"],
      ["x;y", 'say "hi"\nthere'],
    ]);
  });

  test("is read with a mark of Unicode, and as an older Windows writes it", async () => {
    expect(await cells(bytes("\ufeffАртикул;Вес"))).toEqual([["Артикул", "Вес"]]);
    const windows = new Uint8Array([0xc0, 0xf0, 0xf2, 0x3b, 0xc2, 0xe5, 0xf1]);
    expect(await cells(windows)).toEqual([["Арт", "Вес"]]);
  });

  test("is refused when it is none", async () => {
    await expect(readRows(bytes(""))).rejects.toThrow("sheet_empty");
    await expect(readRows(bytes(";;\n;"))).rejects.toThrow("sheet_empty");
    await expect(readRows(new Uint8Array([0x50, 0x4b, 3, 4]))).rejects.toThrow("sheet_unreadable");
    await expect(readRows(new Uint8Array([0, 1, 2, 3]))).rejects.toThrow("sheet_unreadable");
  });
});
