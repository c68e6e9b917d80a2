import { isCut } from "@/lib/excel/sheet-model";
import type { TableValue } from "./field-model";

/** `base`: what was exported; absent where nothing is known of it. */
export type Sides = {
  base: TableValue | undefined;
  theirs: TableValue;
  ours: TableValue;
};

/**
 * What becomes of a cell: the file's word counts where only the file has changed it, ours where only we
 * have. Where both have, and not alike, a person is asked. With nothing to compare with the file counts.
 */
export function mergeCell({ base, theirs, ours }: Sides): "same" | "change" | "conflict" {
  if (isSame(theirs, ours)) return "same";
  if (base === undefined || isSame(base, ours)) return "change";
  return isSame(base, theirs) ? "same" : "conflict";
}

/** JSON with the names of a record in order. */
const plain = (value: TableValue): string =>
  typeof value === "object" && value !== null
    ? JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : JSON.stringify(value);

export const isSame = (one: TableValue, other: TableValue): boolean =>
  one === other || plain(one) === plain(other);

const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

/** Whether a cell still holds a text that was exported: programs change its blanks, and we cut it when it is long. */
export function isAsWritten(cell: string, written: string): boolean {
  const [theirs, ours] = [squeezed(cell), squeezed(written)];
  return theirs === ours || (isCut(cell) && ours.startsWith(squeezed(cell.slice(0, -1))));
}

/** Whether the article beside a mark is still that product's: Excel makes numbers of articles, and cuts them. */
export function isSameArticle(cell: string, sku: string): boolean {
  if (cell === "" || squeezed(cell) === squeezed(sku)) return true;
  const [read, known] = [Number(cell.replace(",", ".")), Number(sku)];
  return read === known || Math.abs(read - known) < Math.abs(known) * 1e-4;
}
