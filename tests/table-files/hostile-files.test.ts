import Excel from "exceljs";
import JSZip from "jszip";
import { beforeAll, describe, expect, test } from "vitest";
import { MOST_ROWS } from "@/lib/excel/sheet-model";
import { readTable } from "@/lib/table-files/read-table";
import { type Goods, goodsOnSale } from "../support/goods";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";
import { lookedAt, takeProducts, typedTable } from "../support/tables";

const office = await testOffice();
let goods: Goods[] = [];

beforeAll(async () => {
  const store = await connectedStore(office);
  await syncNow(office, store.storeId);
  goods = await goodsOnSale(office, store.storeId, store.merchantId);
});

const sku = (nth: number) => goods[nth]?.sku ?? "";
const bytes = (text: string) => new TextEncoder().encode(text);

function zipOf(files: Record<string, string>): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [name, text] of Object.entries(files)) zip.file(name, text);
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
}

async function workbook(fill: (sheet: Excel.Worksheet) => void): Promise<Uint8Array> {
  const book = new Excel.Workbook();
  fill(book.addWorksheet("Лист 1"));
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer);
}

describe("a file that is not what it says", () => {
  test.each([
    [
      "of the old Excel, or behind a password",
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1),
      "sheet_old_excel",
    ],
    ["of 100 MB", new Uint8Array(100_000_000), "sheet_too_large"],
    ["of nothing", bytes("\n\n"), "sheet_empty"],
    ["that is a picture", bytes("\u0089PNG\0\0"), "sheet_unreadable"],
    ["that is another archive", zipOf({ "a.txt": "a" }), "sheet_unreadable"],
    [
      "with macros",
      zipOf({ "xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x" }),
      "sheet_macros",
    ],
    ["of nobody's columns", bytes("Имя;Телефон\nАйгүл;8701"), "table_columns"],
    ["of articles alone", bytes("Артикул\nA-1"), "table_columns"],
  ])("%s is refused in words of its own", async (_what, file, key) => {
    await expect(readTable(await file)).rejects.toMatchObject({ kind: "invalid", key });
  });

  test("with more rows than anybody fills in is refused, however it is packed", async () => {
    const text = `Артикул;Минимум\n${"a;1\n".repeat(MOST_ROWS + 1)}`;
    await expect(readTable(bytes(text))).rejects.toMatchObject({ key: "sheet_rows" });
    const row = '<row><c t="inlineStr"><is><t>a</t></is></c></row>';
    const bomb = await zipOf({
      "xl/workbook.xml": `<workbook><sheets><sheet r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<x><Relationship Id="r1" Target="s.xml"/></x>`,
      "xl/s.xml": `<worksheet><sheetData>${row.repeat(MOST_ROWS + 1)}</sheetData></worksheet>`,
    });
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    await expect(readTable(bomb)).rejects.toMatchObject({ key: "sheet_rows" });
  });
});

describe("what stands in cells", () => {
  test("formulas are never worked out: what Excel has worked out counts, else they are an error", async () => {
    const file = await workbook((sheet) => {
      sheet.addRow(["Артикул", "Минимум, ₸", "Заметка"]);
      sheet.addRow([sku(0), { formula: "A1*2", result: 900_000 }, { formula: "CMD()" }]);
      sheet.addRow([sku(1), { formula: "HYPERLINK(1)" }, "=1+1"]);
    });
    const look = await lookedAt(office, file);
    expect(look.changes.map(({ line, field, after }) => [line, field, after])).toEqual([
      [2, "floor", 900_000],
      [2, "note", "="],
      [3, "note", "=1+1"],
    ]);
    expect(look.errors).toMatchObject([{ line: 3, field: "floor", why: "not_a_number" }]);
  });

  test("a merged cell says the same for each of its lines", async () => {
    const file = await workbook((sheet) => {
      sheet.addRow(["Артикул", "Заметка"]);
      sheet.addRow([sku(2), "обе"]);
      sheet.addRow([sku(3), ""]);
      sheet.mergeCells("B2:B3");
    });
    const { changes } = await lookedAt(office, file);
    expect(changes.map(({ article, after }) => [article, after])).toEqual([
      [sku(2), "обе"],
      [sku(3), "обе"],
    ]);
  });

  test("a mark of nobody's export, and ids that are none, are no way around", async () => {
    const id = "00000000-0000-4000-8000-000000000000";
    const look = await lookedAt(
      office,
      typedTable(
        `Артикул;Минимум, ₸;DUKEN ${id}`,
        `${sku(4)};900000;'; drop table products`,
        `${sku(5)};900000;${id}`,
        `${sku(6)};;${goods[6]?.productId.toUpperCase()}`,
      ),
    );
    expect(look.seen.remarks).toEqual([{ kind: "forgotten" }]);
    expect(look.changes).toMatchObject([{ article: sku(4), field: "floor" }]);
    expect(look.errors).toMatchObject([{ line: 3, why: "row_gone" }]);
  });

  test("a name that is a formula leaves as a text, in either file", async () => {
    await office.access.db.execute(
      `update products set name = '=HYPERLINK("http://x")' where sku = '${sku(7)}'`,
    );
    const csv = new TextDecoder().decode(await takeProducts(office, { format: "csv" }));
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    const book = new Excel.Workbook();
    await book.xlsx.load(Buffer.from(await takeProducts(office)) as unknown as Excel.Buffer);
    const cells: Excel.Cell[] = [];
    book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
    const named = cells.find(({ text }) => text.startsWith("=HYPERLINK"));
    expect(named?.type).toBe(Excel.ValueType.String);
    expect(cells.some(({ type }) => type === Excel.ValueType.Formula)).toBe(false);
  });
});
