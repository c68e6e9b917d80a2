import { once } from "node:events";
import { PassThrough } from "node:stream";
import Excel from "exceljs";
import type { TemplateRow } from "./kaspi-template-model";
import { packed, webStream } from "./workbook";

/** Kaspi reads the columns by these names, letter by letter. */
export const templateHeader = [
  "SKU",
  "model",
  "brand",
  "price",
  "PP1",
  "PP2",
  "PP3",
  "PP4",
  "PP5",
  "preorder",
] as const;

const widths = [20, 48, 20, 12, 7, 7, 7, 7, 7, 10];
const stock = "Наличие товара на складе. Укажите количество товара";

/** The second sheet says what the columns mean, in Kaspi's words. Nobody reads it but people. */
const meanings: readonly (readonly [string, string])[] = [
  ["Параметр", "Описание"],
  ["SKU", "Уникальный идентификатор товара в системе"],
  ["model", "Название товара"],
  ["brand", "Название бренда. Например: Apple"],
  ["price", "Цена в тенге. Устанавливается для всех городов"],
  ...[1, 2, 3, 4, 5].map((nth) => [`PP ${nth}`, stock] as const),
  [
    "preorder",
    "Количество дней до поступления товара на склад. Устанавливается для всех городов. Оставьте поле пустым, если товар в наличии",
  ],
];

/**
 * Kaspi's table of goods as a file that is sent while its rows are read: what is read at a time is what is
 * held at a time, but for the texts, which stand in one list as in Kaspi's own file.
 */
export function kaspiTemplateStream(
  rows: AsyncIterable<readonly TemplateRow[]>,
): ReadableStream<Uint8Array> {
  const out = new PassThrough();
  write(rows, out).catch((error) => out.destroy(error));
  return webStream(out);
}

async function write(rows: AsyncIterable<readonly TemplateRow[]>, out: PassThrough): Promise<void> {
  // It may break before anybody looks: then what broke it is told by the stream, and not here.
  const gone = once(out, "close").catch(() => {});
  const workbook = new Excel.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: true,
  });
  const page = workbook.addWorksheet("Лист1");
  page.columns = templateHeader.map((header, nth) => ({ header, width: widths[nth] ?? 10 }));
  page.getRow(1).commit();
  for await (const batch of rows) {
    for (const row of batch) addLine(page, row);
    await Promise.race([packed(page), gone]);
    if (out.destroyed) return;
  }
  page.commit();
  const said = workbook.addWorksheet("Лист2");
  for (const line of meanings) said.addRow([...line]).commit();
  said.commit();
  await workbook.commit();
}

function addLine(page: Excel.Worksheet, row: TemplateRow): void {
  const { sku, model, brand, price, points, preorder } = row;
  const line = page.addRow([sku, model, brand ?? "", price, ...points, preorder]);
  // An article of digits is a text all the same: its zeros in front are part of it.
  line.getCell(1).numFmt = "@";
  line.commit();
}
