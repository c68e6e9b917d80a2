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

/** Digits of a number that Excel keeps; it makes zeros of those after them. */
const EXCEL_DIGITS = 15;

/** What programs make of an article that is a number: Excel cuts a long one, others round it. */
function numbersOf(sku: string): number[] {
  const digits = sku.replace(/^0+/, "");
  if (!/^\d+$/.test(digits) || digits.length <= EXCEL_DIGITS) return [Number(sku)];
  const cut = digits.slice(0, EXCEL_DIGITS).padEnd(digits.length, "0");
  return [Number(cut), Number(Number(sku).toPrecision(EXCEL_DIGITS))];
}

const shortened = /^\d(?:\.(\d+))?e\+?\d+$/i;

/**
 * Whether the article beside a mark is still that product's: Excel makes numbers of articles. Only one that
 * is shown as `1.23E+11` has lost digits, and is compared by those that are left.
 */
export function isSameArticle(cell: string, sku: string): boolean {
  const [theirs, ours] = [squeezed(cell), squeezed(sku)];
  if (theirs === "" || theirs === ours) return true;
  const read = theirs.replace(",", ".");
  const [isShort, decimals = ""] = shortened.exec(read) ?? [];
  const kept = Math.min(decimals.length, EXCEL_DIGITS - 1);
  const told = (one: number) => (isShort ? one.toExponential(kept) : one);
  return numbersOf(ours).some((one) => told(one) === told(Number(read)));
}
