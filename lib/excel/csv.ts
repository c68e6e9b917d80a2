import { wallClock } from "@/lib/i18n/dates";
import { harmless } from "./harmless";
import type { CellValue, Sheet } from "./sheet-model";

/** Without it Excel reads UTF-8 as the code page of its Windows. */
const BOM = "\ufeff";
const LINE = "\r\n";

type Reader = { timeZone: string; separator: ";" | "," };

/** Where lists are parted by a semicolon, the comma parts fractions: `18.05` would be read as a day in May. */
function cellText(value: CellValue, { timeZone, separator }: Reader): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value).replace(".", separator === ";" ? "," : ".");
  if (value instanceof Date) return wallClock(value, timeZone);
  return `"${harmless(value).replaceAll('"', '""')}"`;
}

/** A sheet as text for Excel; `separator` is the list separator of the reader's Windows. */
export function csvStream<Row>(
  sheet: Sheet<Row>,
  separator: ";" | ",",
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const parts = csvParts(sheet, separator);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) return controller.close();
      controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

async function* csvParts<Row>(
  { columns, rows, footnote, timeZone }: Sheet<Row>,
  separator: Reader["separator"],
): AsyncGenerator<string, undefined> {
  const line = (values: CellValue[]) =>
    values.map((value) => cellText(value, { timeZone, separator })).join(separator) + LINE;
  yield BOM + line(columns.map(({ header }) => header));
  for await (const batch of rows)
    yield batch.map((row) => line(columns.map(({ value }) => value(row)))).join("");
  const last = footnote?.();
  if (last) yield line([last]);
}
