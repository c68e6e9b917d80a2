import { AppError } from "@/lib/core/errors";
import { columnOf, fillMerged } from "./merged-cells";
import { keptOf, MOST_COLUMNS, MOST_MERGED, MOST_ROWS, type SheetRow } from "./sheet-model";
import { openArchive } from "./unzip";
import { firstSheetPath, type Look, readLooks, readSharedTexts, readXml } from "./workbook-parts";

/** What says where things are and how they look, unpacked, bytes. */
const MOST_OF_PART = 10_000_000;
/** `unpacked`: bytes; a sheet of 200,000 lines is a third of it. */
const limits = { rows: MOST_ROWS, unpacked: 250_000_000 };

const tooLarge = () => new AppError("invalid", "sheet_too_large");

/**
 * The first sheet of a workbook as rows of texts, whatever else is in the file. A percentage is read as
 * it is shown, a date, an error and a formula that was never worked out as texts that are no number.
 * Throws `invalid` for what is no workbook, for one with macros, and for more than the limits.
 */
export async function readExcel(file: Uint8Array, most = limits): Promise<SheetRow[]> {
  try {
    const archive = openArchive(file, most.unpacked);
    if (archive.has("xl/vbaProject.bin")) throw new AppError("invalid", "sheet_macros");
    // A workbook that has no use for a part goes without it; XML needs one tag at least.
    const part = async (name: string, atMost?: number) =>
      (await archive.read(name, atMost)) ?? Buffer.from("<none/>");
    const path = await firstSheetPath(
      await part("xl/workbook.xml", MOST_OF_PART),
      await part("xl/_rels/workbook.xml.rels", MOST_OF_PART),
    );
    if (path === null) throw new RangeError("no sheet");
    const texts = await readSharedTexts(await part("xl/sharedStrings.xml"));
    const looks = await readLooks(await part("xl/styles.xml", MOST_OF_PART));
    return await readSheet(await part(path), { texts, looks }, most.rows);
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    // Whatever else is thrown is a mistake of ours and not the file's.
    const isUnreadable = cause instanceof RangeError || code.startsWith("Z_");
    throw isUnreadable ? new AppError("invalid", "sheet_unreadable", { cause }) : cause;
  }
}

type Meanings = { texts: readonly string[]; looks: readonly Look[] };
type Cell = { at: number; type: string; look: Look; value: string; isFormula: boolean };

async function readSheet(xml: Uint8Array, meanings: Meanings, most: number): Promise<SheetRow[]> {
  const rows = new Map<number, string[]>();
  const merged: string[] = [];
  const merge = (reference: string) => {
    if (merged.length >= MOST_MERGED) throw tooLarge();
    merged.push(reference);
  };
  let line = 0;
  let at = 0;
  let cells: string[] = [];
  let cell: Cell | null = null;
  let isValue = false;
  await readXml(xml, {
    open: ({ name, is }) => {
      switch (name) {
        case "row":
          line = Number(is("r") ?? line + 1);
          [at, cells] = [0, []];
          break;
        case "c": {
          at = columnOf(is("r") ?? "") || at + 1;
          const look = meanings.looks[Number(is("s") ?? 0)] ?? "number";
          cell = { at, type: is("t") ?? "n", look, value: "", isFormula: false };
          break;
        }
        case "f":
          if (cell) cell.isFormula = true;
          break;
        case "mergeCell":
          merge(is("ref") ?? "");
      }
      isValue = name === "v" || name === "t";
    },
    text: (text) => {
      if (cell && isValue) cell.value += text;
    },
    close: (name) => {
      isValue = false;
      if (name === "c" && cell) {
        const text = cell.at <= MOST_COLUMNS ? textOf(cell, meanings) : "";
        if (text !== "") cells[cell.at - 1] = text;
        cell = null;
      }
      if (name !== "row" || cells.length === 0) return;
      if (rows.size >= most) throw new AppError("invalid", "sheet_rows");
      rows.set(
        line,
        Array.from(cells, (text) => text ?? ""),
      );
    },
  });
  return fillMerged(rows, merged);
}

function textOf({ type, look, value, isFormula }: Cell, { texts }: Meanings): string {
  if (value === "") return isFormula ? "=" : "";
  if (type === "s") return texts[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  return type === "n" ? numberText(Number(value), look) : keptOf(value.trim());
}

/** Days are counted from here. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

/** A fraction as people see it: 0.7 × 12,990 is 9093 and not 9092.999999999998. */
function numberText(number: number, look: Look): string {
  const seen = (value: number) => String(Number(value.toPrecision(15)));
  if (look === "percent") return `${seen(number * 100)} %`;
  if (look === "number") return seen(number);
  const date = new Date(EPOCH + Math.round(number * DAY));
  return Number.isNaN(date.getTime()) ? `${number} d` : date.toISOString();
}
