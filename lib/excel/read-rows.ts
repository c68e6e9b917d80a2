import { AppError } from "@/lib/core/errors";
import { readExcel } from "./read-excel";
import type { SheetRow } from "./sheet-model";

export const MOST_FILE_BYTES = 20_000_000;
const MOST_ROWS = 200_000;

/**
 * The first sheet of an Excel file, or a text with commas, semicolons or tabs, as rows of texts. Empty
 * rows are left out. Throws `invalid` for what is neither, for too much, and for nothing at all.
 */
export async function readRows(file: Uint8Array): Promise<SheetRow[]> {
  if (file.byteLength > MOST_FILE_BYTES) throw new AppError("invalid", "sheet_too_large");
  const isExcel = file[0] === 0x50 && file[1] === 0x4b;
  const rows = isExcel ? await readExcel(file) : readText(decode(file));
  const full = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (full.length === 0) throw new AppError("invalid", "sheet_empty");
  if (full.length > MOST_ROWS) throw new AppError("invalid", "sheet_too_large");
  return full;
}

/** Excel's own CSV of a Russian Windows is not UTF-8. */
function decode(file: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return new TextDecoder("windows-1251").decode(file);
  }
}

function readText(text: string): SheetRow[] {
  if (text.includes("\0")) throw new AppError("invalid", "sheet_unreadable");
  const [head = ""] = text.split("\n", 1);
  const count = (mark: string) => head.split(mark).length;
  const separator = [";", "\t", ","].reduce((best, mark) =>
    count(mark) > count(best) ? mark : best,
  );
  return splitLines(text, separator).map((cells, nth) => ({ line: nth + 1, cells }));
}

/** A quoted cell may hold separators, line breaks and doubled quotes; a quote that nothing ends is a sign. */
function splitLines(text: string, separator: string): string[][] {
  const plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
  const lineBreak = /\r*\n|\r/y;
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    const end = endOfQuoted(text, at, separator) ?? endOf(plain, text, at);
    const cell = text.slice(at, end);
    rows.at(-1)?.push((isQuoted(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim());
    const next = endOf(lineBreak, text, end);
    if (next > end) rows.push([]);
    at = Math.max(next, end + 1);
  }
  return rows;
}

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
