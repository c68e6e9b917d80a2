import { AppError } from "@/lib/core/errors";
import type { SheetRow } from "./sheet-model";

/** A range over whole columns is one cell to the eye and a million to a program. */
const MOST_FILLED = 200_000;

const range = /^([A-Z]{1,3}(\d{1,7})):[A-Z]{1,3}(\d{1,7})$/;

/** `AB12` → 28; 0: it names no column. */
export function columnOf(reference: string): number {
  const [letters = ""] = /^[A-Z]{1,3}/.exec(reference) ?? [];
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

/**
 * The rows in their order, where each cell of one column that were merged says what the first of them
 * says. Throws `invalid` for ranges of more cells than a person would merge.
 */
export function fillMerged(rows: Map<number, string[]>, merged: readonly string[]): SheetRow[] {
  let filled = 0;
  for (const { text, at, lines } of merged.flatMap((reference) => mergedIn(rows, reference)))
    for (const line of lines) {
      filled += 1;
      if (filled > MOST_FILLED) throw new AppError("invalid", "sheet_too_large");
      const cells = rows.get(line);
      if (!cells) continue;
      while (cells.length < at) cells.push("");
      cells[at] = text;
    }
  return [...rows].map(([line, cells]) => ({ line, cells }));
}

type Merged = { text: string; at: number; lines: Iterable<number> };

/** What is said once for several lines; nothing where the first of them says nothing. */
function mergedIn(rows: ReadonlyMap<number, string[]>, reference: string): Merged[] {
  const [, first = "", from, to] = range.exec(reference) ?? [];
  const at = columnOf(first) - 1;
  const text = rows.get(Number(from))?.[at];
  return text ? [{ text, at, lines: linesAfter(Number(from), Number(to)) }] : [];
}

function* linesAfter(from: number, to: number): Generator<number> {
  for (let line = from + 1; line <= to; line += 1) yield line;
}
