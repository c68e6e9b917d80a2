import { once } from "node:events";
import { PassThrough, type Writable } from "node:stream";
import Excel from "exceljs";
import { wallClock } from "@/lib/i18n/dates";
import type { CellValue, Sheet } from "./sheet-model";

const MONEY = "#,##0";
const FRACTION = "#,##0.###";
const MOMENT = "yyyy-mm-dd hh:mm:ss";
/** A pale green, in which black text is read. */
const EDITABLE = { type: "pattern", pattern: "solid", fgColor: { argb: "FFDDF3E4" } } as const;

/** A spreadsheet that is sent while it is written: a batch of rows is held, never all of them. */
export function xlsxStream<Row>(sheet: Sheet<Row>): ReadableStream<Uint8Array> {
  const out = new PassThrough();
  write(sheet, out).catch((error) => out.destroy(error));
  return webStream(out);
}

/**
 * What is asked for is taken, a piece at a time. Node's own adapter goes on pushing when its reader has
 * gone, and that is an error nobody can catch: whoever breaks off a download would end the process.
 */
export function webStream(out: PassThrough): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Buffer> = out[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) return controller.close();
      controller.enqueue(value);
    },
    cancel() {
      out.destroy();
    },
  });
}

async function write<Row>(
  { name, columns, rows, footnote, timeZone }: Sheet<Row>,
  out: PassThrough,
): Promise<void> {
  // It may break before anybody looks: then what broke it is told by the stream, and not here.
  const gone = once(out, "close").catch(() => {});
  const workbook = new Excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const page = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  page.columns = columns.map(({ header, width, look }) => ({
    header,
    width,
    hidden: look === "hidden",
  }));
  const head = page.getRow(1);
  head.font = { bold: true };
  for (const [index, { look }] of columns.entries())
    if (look === "editable") head.getCell(index + 1).fill = EDITABLE;
  head.commit();
  for await (const batch of rows) {
    for (const row of batch)
      addLine(
        page,
        columns.map(({ value }) => value(row)),
        timeZone,
      );
    await Promise.race([packed(page), gone]);
    if (out.destroyed) return;
  }
  const last = footnote?.();
  if (last) page.addRow([last]).commit();
  page.commit();
  await workbook.commit();
}

/**
 * When all that was written has been packed and taken. The writer takes whatever it is given and keeps
 * its queue to itself, so we stand in it, too: a slow reader must slow us down.
 */
export function packed(page: Excel.Worksheet): Promise<void> {
  const [queue] = (page as unknown as { stream: { pipes: Writable[] } }).stream.pipes;
  return new Promise((resolve) => (queue ? queue.write("", () => resolve()) : resolve()));
}

function addLine(page: Excel.Worksheet, values: CellValue[], timeZone: string): void {
  const line = page.addRow(values.map((value) => cell(value, timeZone)));
  for (const [index, value] of values.entries()) {
    if (typeof value === "number")
      line.getCell(index + 1).numFmt = Number.isInteger(value) ? MONEY : FRACTION;
    if (value instanceof Date) line.getCell(index + 1).numFmt = MOMENT;
  }
  line.commit();
}

/** A spreadsheet knows no zones: a time is what the wall clock said. A text is a text, whatever it begins with. */
function cell(value: CellValue, timeZone: string): CellValue {
  return value instanceof Date
    ? new Date(`${wallClock(value, timeZone).replace(" ", "T")}Z`)
    : value;
}
