import Excel from "exceljs";
import JSZip from "jszip";
import { describe, expect, test } from "vitest";
import { readExcel } from "@/lib/excel/read-excel";
import { readRows } from "@/lib/excel/read-rows";
import { MOST_COLUMNS, MOST_ROWS } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import { startChild } from "../support/child";

const bytes = (text: string) => new TextEncoder().encode(text);
const cells = async (file: Uint8Array) => (await readRows(file)).map((row) => row.cells);
const saved = async (workbook: Excel.Workbook) =>
  new Uint8Array((await workbook.xlsx.writeBuffer()) as ArrayBuffer);
const packed = (zip: JSZip) => zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });

describe("a table in a file", () => {
  test("is read from Excel with the line of each row", async () => {
    const workbook = new Excel.Workbook();
    const page = workbook.addWorksheet("Costs");
    page.addRow(["Артикул", "Себестоимость"]);
    page.addRow([]);
    page.addRow(["A-1", 1200]);
    page.addRow(["A-2", { formula: "B3*2", result: 2400 }]);
    expect(await readRows(await saved(workbook))).toEqual([
      { line: 1, cells: ["Артикул", "Себестоимость"] },
      { line: 3, cells: ["A-1", "1200"] },
      { line: 4, cells: ["A-2", "2400"] },
    ]);
  });

  test("says of a cell what a person sees in it", async () => {
    const workbook = new Excel.Workbook();
    const page = workbook.addWorksheet("Costs");
    page.addRow(["share", "fraction", "date", "unworked", "error", "rich", "link", "long"]);
    const row = page.addRow([
      0.12,
      12_990 * 0.7,
      new Date(Date.UTC(2026, 4, 12)),
      { formula: "B2*2" },
      { formula: "1/0", result: { error: "#DIV/0!" } },
      { richText: [{ text: "A" }, { text: "-1", font: { bold: true } }] },
      { text: "A-2", hyperlink: "https://kaspi.kz" },
      123_456_789_012,
    ]);
    row.getCell(1).numFmt = "0.0%";
    row.getCell(3).numFmt = "dd.mm.yyyy";
    row.getCell(8).numFmt = '#,##0.00" ₸";[Red]-#,##0.00';
    expect((await cells(await saved(workbook)))[1]).toEqual([
      "12 %",
      "9093",
      "2026-05-12T00:00:00.000Z",
      "=",
      "#DIV/0!",
      "A-1",
      "A-2",
      "123456789012",
    ]);
  });

  test("is kept of a long cell only as far as one sees that it is long", async () => {
    const just = "x".repeat(500);
    const workbook = new Excel.Workbook();
    const row = workbook.addWorksheet("Costs").addRow(["", `${just} `, `${just}yz`]);
    row.getCell(1).value = { formula: "B1", result: `${just}yz` };
    const kept = [`${just}y`, just, `${just}y`];
    for (const useSharedStrings of [true, false]) {
      const file = await workbook.xlsx.writeBuffer({ useSharedStrings });
      expect(await cells(new Uint8Array(file as ArrayBuffer))).toEqual([kept]);
    }
    expect(await cells(bytes(`"${just}yz";${just} ;${just}yz`))).toEqual([kept]);
  });

  test("takes merged cells of a column for the first of them", async () => {
    const workbook = new Excel.Workbook();
    const page = workbook.addWorksheet("Costs");
    page.addRow(["Артикул", "Себестоимость"]);
    for (const article of ["A-1", "A-2", "A-3"]) page.addRow([article, 500]);
    page.mergeCells("B2:B3");
    expect(await cells(await saved(workbook))).toEqual([
      ["Артикул", "Себестоимость"],
      ["A-1", "500"],
      ["A-2", "500"],
      ["A-3", "500"],
    ]);
  });

  test("is the first sheet that is not hidden", async () => {
    const workbook = new Excel.Workbook();
    workbook.addWorksheet("Hidden", { state: "hidden" }).addRow(["hidden"]);
    workbook.addWorksheet("Seen").addRow(["seen"]);
    expect(await cells(await saved(workbook))).toEqual([["seen"]]);
  });

  test("does not unpack more than memory holds, or fill more than anybody merges", async () => {
    const workbook = new Excel.Workbook();
    const page = workbook.addWorksheet("Costs");
    page.addRow(["Артикул", "Себестоимость"]);
    page.getCell("A1048576").value = "last";
    const zip = await JSZip.loadAsync(await saved(workbook));
    const path = "xl/worksheets/sheet1.xml";
    const sheet = (await zip.file(path)?.async("string")) ?? "";
    const merged = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>';
    zip.file(path, sheet.replace("</sheetData>", merged));
    const file = await packed(zip);
    await expect(readRows(file)).rejects.toThrow("sheet_too_large");
    const little = { rows: 10, unpacked: 1_000 };
    await expect(readExcel(file, little)).rejects.toThrow("sheet_too_large");
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

  test("is read to its end however its lines end and whatever its quotes are", async () => {
    for (const end of ["\n", "\r\n", "\r\r\n", "\r"])
      expect(await cells(bytes(`a;b${end}1;2${end}3;4`))).toEqual([
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
      ]);
    expect(await cells(bytes('a;b\n"15"" TV";1\n"15" TV;2\n"open;3\nlast;4'))).toEqual([
      ["a", "b"],
      ['15" TV', "1"],
      ['"15" TV', "2"],
      ['"open', "3"],
      ["last", "4"],
    ]);
    const long = "x".repeat(10_000_000);
    expect(await cells(bytes(`a\n"${long}"\nlast`))).toEqual([
      ["a"],
      [long.slice(0, 501)],
      ["last"],
    ]);
  });

  test("is read from a workbook that another program streamed", async () => {
    const rows = async function* () {
      yield [["A-1", 5]] as const;
    };
    const columns = [0, 1].map((at) => ({
      header: `column ${at}`,
      width: 10,
      value: (row: readonly (string | number)[]) => row[at] ?? null,
    }));
    const file = xlsxStream({ name: "Costs", timeZone: "Asia/Almaty", columns, rows: rows() });
    expect(await cells(new Uint8Array(await new Response(file).arrayBuffer()))).toEqual([
      ["column 0", "column 1"],
      ["A-1", "5"],
    ]);
  });

  test("is read with a mark of Unicode, and as an older Windows writes it", async () => {
    expect(await cells(bytes("\ufeffАртикул;Вес"))).toEqual([["Артикул", "Вес"]]);
    const windows = new Uint8Array([0xc0, 0xf0, 0xf2, 0x3b, 0xc2, 0xe5, 0xf1]);
    expect(await cells(windows)).toEqual([["Арт", "Вес"]]);
  });

  test("may be nothing but line breaks, and little memory is enough to see it", {
    timeout: 120_000,
  }, async () => {
    for (const mark of ["\n", "\r"]) {
      const child = startChild("tests/support/read-blank-lines.ts", ["5000000", mark], {
        NODE_OPTIONS: "--max-old-space-size=150",
      });
      expect(await child.line((line) => line.startsWith("answer"))).toBe(
        'answer "invalid: sheet_empty"',
      );
    }
  });

  test("keeps the numbers of its lines when empty ones stand between them", async () => {
    expect(await readRows(bytes("a\n\n;;\nb"))).toEqual([
      { line: 1, cells: ["a"] },
      { line: 4, cells: ["b"] },
    ]);
  });

  test("has no more rows and columns than anybody fills in", async () => {
    const full = "1\n\n".repeat(MOST_ROWS);
    expect(await readRows(bytes(full))).toHaveLength(MOST_ROWS);
    await expect(readRows(bytes(`${full}1`))).rejects.toThrow("sheet_rows");
    expect((await cells(bytes(";x".repeat(1_000_000))))[0]).toHaveLength(MOST_COLUMNS);
  });

  test("is refused when it is none", async () => {
    await expect(readRows(bytes(""))).rejects.toThrow("sheet_empty");
    await expect(readRows(bytes(";;\n;"))).rejects.toThrow("sheet_empty");
    await expect(readRows(new Uint8Array([0x50, 0x4b, 3, 4]))).rejects.toThrow("sheet_unreadable");
    await expect(readRows(new Uint8Array([0, 1, 2, 3]))).rejects.toThrow("sheet_unreadable");
  });
});
