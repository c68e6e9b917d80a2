import Excel from "exceljs";
import { AppError } from "@/lib/core/errors";

/** A row of texts with the line it stands in, from 1 on, as the person sees it. */
export type SheetRow = { line: number; cells: string[] };

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

async function readExcel(file: Uint8Array): Promise<SheetRow[]> {
  const workbook = new Excel.Workbook();
  try {
    await workbook.xlsx.load(file.slice().buffer);
  } catch (cause) {
    throw new AppError("invalid", "sheet_unreadable", { cause });
  }
  const rows: SheetRow[] = [];
  workbook.worksheets[0]?.eachRow((row, line) => {
    const cells = Array.from({ length: row.cellCount }, (_, nth) =>
      cellText(row.getCell(nth + 1).value),
    );
    rows.push({ line, cells });
  });
  return rows;
}

function cellText(value: Excel.CellValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value).trim();
  if (value instanceof Date) return value.toISOString();
  if ("richText" in value)
    return value.richText
      .map(({ text }) => text)
      .join("")
      .trim();
  if ("text" in value) return String(value.text).trim();
  if ("result" in value) return cellText(value.result ?? null);
  return "";
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

/** A quoted cell may hold separators, line breaks and doubled quotes. */
function splitLines(text: string, separator: string): string[][] {
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`,
    "gy",
  );
  const rows: string[][] = [[]];
  for (const [all, quoted, plain = "", end] of text.matchAll(cell)) {
    if (all === "") break;
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end !== separator && end !== "") rows.push([]);
  }
  return rows;
}
