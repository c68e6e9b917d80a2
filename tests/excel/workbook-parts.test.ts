import JSZip from "jszip";
import { describe, expect, test } from "vitest";
import { readExcel } from "@/lib/excel/read-excel";
import { readRows } from "@/lib/excel/read-rows";
import { MOST_MERGED, MOST_TEXTS } from "@/lib/excel/sheet-model";
import { openArchive } from "@/lib/excel/unzip";
import { readLooks, readSharedTexts, readXml } from "@/lib/excel/workbook-parts";

const bytes = (text: string) => new TextEncoder().encode(text);
const relation = '<Relationship Id="r1" Target="sheet.xml"/>';
const sheetOf = (cells: string) => `<worksheet><sheetData>${cells}</sheetData></worksheet>`;
const row = '<row r="1"><c r="A1" t="str"><v>A-1</v></c></row>';

function workbook(
  parts: Record<string, string>,
  compression: "DEFLATE" | "STORE" = "DEFLATE",
): Promise<Uint8Array> {
  const zip = new JSZip();
  const usual = {
    "xl/workbook.xml": '<workbook><sheet name="Costs" r:id="r1"/></workbook>',
    "xl/_rels/workbook.xml.rels": `<Relationships>${relation}</Relationships>`,
    "xl/sheet.xml": sheetOf(row),
  };
  for (const [name, text] of Object.entries({ ...usual, ...parts })) zip.file(name, text);
  return zip.generateAsync({ type: "uint8array", compression });
}

describe("a workbook that unpacks into more than anybody has written", () => {
  test("is read as long as it is like others", async () => {
    expect(await readExcel(await workbook({}))).toEqual([{ line: 1, cells: ["A-1"] }]);
  });

  test("has an end of its shared texts", async () => {
    const texts = (count: number) => bytes(`<sst>${"<si/>".repeat(count)}</sst>`);
    expect(await readSharedTexts(texts(MOST_TEXTS))).toHaveLength(MOST_TEXTS);
    await expect(readSharedTexts(texts(MOST_TEXTS + 1))).rejects.toThrow("sheet_too_large");
  });

  test("has an end of its merged cells", async () => {
    const merged = (count: number) =>
      workbook({ "xl/sheet.xml": sheetOf(row + '<mergeCell ref="A1:A1"/>'.repeat(count)) });
    expect(await readExcel(await merged(MOST_MERGED))).toHaveLength(1);
    await expect(readExcel(await merged(MOST_MERGED + 1))).rejects.toThrow("sheet_too_large");
  });

  test("has small parts beside the sheet", async () => {
    const padding = " ".repeat(10_000_001);
    for (const name of ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]) {
      for (const packed of ["DEFLATE", "STORE"] as const) {
        const file = await workbook({ [name]: `<part>${padding}</part>` }, packed);
        await expect(readExcel(file)).rejects.toThrow("sheet_too_large");
      }
    }
    const archive = openArchive(await workbook({ big: "x".repeat(1_000) }), 1_100);
    expect(await archive.read("big", 1_000)).toHaveLength(1_000);
    await expect(archive.read("big")).rejects.toThrow("larger than");
  });

  test("has no tags with attributes without end, nor tags in tags without end", async () => {
    const many = Array.from({ length: 201 }, (_, nth) => `a${nth}="1"`);
    await readXml(
      bytes(`<a><b ${many.slice(1).join(" ")}/><c ${many.slice(1).join(" ")}/></a>`),
      {},
    );
    await expect(readXml(bytes(`<a ${many.join(" ")}/>`), {})).rejects.toThrow("attributes");
    const deep = (count: number) => bytes(`${"<a>".repeat(count)}${"</a>".repeat(count)}`);
    await readXml(deep(100), {});
    await expect(readXml(deep(101), {})).rejects.toThrow("too many tags");
  });

  test("has no format that takes long to understand", async () => {
    const code = "[".repeat(200_000);
    const xml = `<styles><numFmt numFmtId="200" formatCode="${code}"/>
      <cellXfs><xf numFmtId="200"/></cellXfs></styles>`;
    const begun = performance.now();
    expect(await readLooks(bytes(xml))).toEqual(["number"]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

test("files are read one after another", async () => {
  const order: string[] = [];
  const large = readRows(bytes("a\n".repeat(100_000))).then(() => order.push("large"));
  const small = readRows(bytes("a")).then(() => order.push("small"));
  await Promise.all([large, small]);
  expect(order).toEqual(["large", "small"]);
});
