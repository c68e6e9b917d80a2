import { setImmediate as turnOfOthers } from "node:timers/promises";
import { AppError } from "@/lib/core/errors";
import { inTurns } from "@/lib/core/in-turns";
import { readExcel } from "./read-excel";
import { keptOf, MOST_COLUMNS, MOST_ROWS, type SheetRow } from "./sheet-model";

export const MOST_FILE_BYTES = 20_000_000;
/** Read at a stretch; then others have their turn. */
const STRETCH = 20_000;

const isFull = (cells: readonly string[]) => cells.some((cell) => cell !== "");

/** An unpacked workbook takes hundreds of megabytes while it is read. */
const reading = inTurns("sheets", { most: 1 });

/**
 * The first sheet of an Excel file, or a text with commas, semicolons or tabs, as rows of texts. Empty
 * rows are left out. One file of this process is read at a time, the others wait. Throws `invalid` for what
 * is neither, for too much, and for nothing at all.
 */
export function readRows(file: Uint8Array): Promise<SheetRow[]> {
  return reading("sheet", () => rowsOf(file));
}

async function rowsOf(file: Uint8Array): Promise<SheetRow[]> {
  if (file.byteLength > MOST_FILE_BYTES) throw new AppError("invalid", "sheet_too_large");
  if (beginsLike(file, OLD_EXCEL)) throw new AppError("invalid", "sheet_old_excel");
  const isExcel = file[0] === 0x50 && file[1] === 0x4b;
  const rows = isExcel
    ? (await readExcel(file)).filter(({ cells }) => isFull(cells))
    : await readText(decode(file));
  if (rows.length === 0) throw new AppError("invalid", "sheet_empty");
  return rows;
}

/** A workbook of Excel 2003, and one behind a password, whatever they are called. */
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

const beginsLike = (file: Uint8Array, bytes: readonly number[]) =>
  bytes.every((byte, at) => file[at] === byte);

/** Excel's own CSV of a Russian Windows is not UTF-8. */
export function decode(file: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return new TextDecoder("windows-1251").decode(file);
  }
}

async function readText(text: string): Promise<SheetRow[]> {
  if (text.includes("\0")) throw new AppError("invalid", "sheet_unreadable");
  const rows: SheetRow[] = [];
  let line = 0;
  for (const cells of linesOf(text, separatorOf(text))) {
    line += 1;
    if (line % STRETCH === 0) await turnOfOthers();
    if (!isFull(cells)) continue;
    if (rows.length >= MOST_ROWS) throw new AppError("invalid", "sheet_rows");
    rows.push({ line, cells });
  }
  return rows;
}

/** By the first line, as far as anybody writes one. */
function separatorOf(text: string): string {
  const [head = ""] = text.slice(0, 10_000).split("\n", 1);
  const count = (mark: string) => head.split(mark).length;
  return [";", "\t", ","].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** A quoted cell may hold separators, line breaks and doubled quotes; a quote that nothing ends is a sign. */
function* linesOf(text: string, separator: string): Generator<string[]> {
  const plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
  const lineBreak = /\r{0,2}\n|\r/y;
  let cells: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfQuoted(text, at, separator) ?? endOf(plain, text, at);
    const cell = text.slice(at, end);
    if (cells.length < MOST_COLUMNS) cells.push(keptOf(textOf(cell).trim()));
    const next = endOf(lineBreak, text, end);
    if (next > end) {
      yield cells;
      cells = [];
    }
    at = Math.max(next, end + 1);
  }
  yield cells;
}

const textOf = (cell: string) => (isQuoted(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell);

const isQuoted = (cell: string) => cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');

/** Where what is looked for ends when it is just here; else here. */
function endOf(wanted: RegExp, text: string, at: number): number {
  wanted.lastIndex = at;
  return wanted.test(text) ? wanted.lastIndex : at;
}

/** Past the quote that ends a cell; null: no quoted cell begins here. */
function endOfQuoted(text: string, at: number, separator: string): number | null {
  if (text[at] !== '"') return null;
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote === -1) return null;
  const after = text[quote + 1] ?? separator;
  return [separator, "\r", "\n"].includes(after) ? quote + 1 : null;
}
