import Excel from "exceljs";
import { expect, test } from "vitest";
import { kaspiTemplateStream } from "@/lib/excel/kaspi-template";
import type { TemplateRow } from "@/lib/excel/kaspi-template-model";

const rows: TemplateRow[] = [
  {
    sku: "12343KHH",
    model: "iPhone 15",
    brand: "Apple",
    price: 385_000,
    points: [3, 0, 0, 0, 0],
    preorder: null,
  },
  {
    sku: "0012345",
    model: "=1+1",
    brand: null,
    price: 384_000,
    points: [1, 0, 0, 0, 2],
    preorder: 3,
  },
];

async function* inBatches() {
  for (const row of rows) yield [row];
}

async function ours(): Promise<Excel.Workbook> {
  const bytes = await new Response(kaspiTemplateStream(inBatches())).arrayBuffer();
  const book = new Excel.Workbook();
  await book.xlsx.load(bytes);
  return book;
}

async function kaspis(): Promise<Excel.Workbook> {
  const book = new Excel.Workbook();
  await book.xlsx.readFile("tests/fixtures/kaspi/price-list_official-template.xlsx");
  return book;
}

const linesOf = (sheet: Excel.Worksheet | undefined) => {
  const lines: unknown[][] = [];
  sheet?.eachRow((row) => {
    const line = (row.values as unknown[]).slice(1);
    if (line.some((value) => value !== undefined && value !== null)) lines.push(line);
  });
  return lines;
};
const typesOf = (row: Excel.Row | undefined) =>
  Array.from({ length: 10 }, (_, nth) => row?.getCell(nth + 1).type);

test("is built like Kaspi's own: two sheets, the header letter by letter, the words of the second", async () => {
  const [made, official] = [await ours(), await kaspis()];
  expect(made.worksheets.map(({ name }) => name)).toEqual(
    official.worksheets.map(({ name }) => name),
  );
  expect(linesOf(made.worksheets[0])[0]).toEqual(linesOf(official.worksheets[0])[0]);
  expect(linesOf(made.worksheets[1])).toEqual(linesOf(official.worksheets[1]));
});

test("has cells of the same types, with days and without", async () => {
  const [made, official] = [await ours(), await kaspis()];
  const sheets = [made.worksheets[0], official.worksheets[0]] as const;
  // Goods that are here, and goods to come: rows 2 and 4 of Kaspi's.
  expect(typesOf(sheets[0]?.getRow(2))).toEqual(typesOf(sheets[1]?.getRow(2)));
  expect(typesOf(sheets[0]?.getRow(3)).slice(3)).toEqual(typesOf(sheets[1]?.getRow(4)).slice(3));
});

test("keeps an article's zeros, and a name that looks like a formula is a name", async () => {
  const [sheet] = (await ours()).worksheets;
  const row = sheet?.getRow(3);
  expect(row?.getCell(1).value).toBe("0012345");
  expect(row?.getCell(2).value).toBe("=1+1");
  expect(row?.getCell(2).type).toBe(Excel.ValueType.String);
  const said = (row?.values ?? []) as unknown[];
  expect(said.slice(4)).toEqual([384_000, 1, 0, 0, 0, 2, 3]);
});

test("asks for rows no faster than they are taken, and for no more when nobody takes them", async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<TemplateRow[]> {
    for (;;) {
      asked += 1;
      const noise = () => Math.random().toString(36).repeat(3);
      yield Array.from({ length: 500 }, () => ({
        ...{ sku: noise(), model: noise(), brand: noise(), price: 1_000 },
        ...{ points: [1, 2, 3, 4, 5], preorder: 9 },
      }));
    }
  }
  const reader = kaspiTemplateStream(endless()).getReader();
  await reader.read();
  const before = asked;
  expect(before).toBeLessThan(200);
  await reader.cancel();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked - before).toBeLessThan(10);
});
