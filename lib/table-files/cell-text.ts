import type { CellValue } from "@/lib/excel/sheet-model";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import type { TableField, TableValue } from "./field-model";
import { isChoice, wordOf } from "./words";

type Reader = { t: Translator; locale: Locale };

/** A value as a cell of a file says it: what `readCell` makes the same value of. */
export function cellOf(reader: Reader, field: TableField, value: TableValue): CellValue {
  if (value === null) return null;
  if (field === "bot") return wordOf(reader.t, field, value ? "on" : "off");
  if (field === "floorFromCost") return wordOf(reader.t, field, value ? "cost" : "typed");
  // Kept in hundredths of a percent.
  if (field === "minMargin") return shareText(reader, Number(value) / 100);
  if (field === "preorderPoints") return piecesText(value);
  if (isRecord(value)) return recordText(reader, field, value);
  if (isChoice(field) && typeof value === "string") return wordOf(reader.t, field, value);
  return typeof value === "number" ? shareText(reader, value) : String(value);
}

type Parts = { [name: string]: TableValue | undefined };
const isRecord = (value: TableValue): value is Parts => typeof value === "object" && value !== null;

/** `PP1: 5, PP10: 2` */
const piecesText = (value: TableValue): string =>
  Object.entries(value as Parts)
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }))
    .map(([code, count]) => `${code}: ${count}`)
    .join(", ");

/** A step is an amount; a strategy and a climb are a word, with what it asks for behind it. */
function recordText(reader: Reader, field: TableField, value: Parts): CellValue {
  if (value.unit !== undefined) return amountText(reader, value);
  const word = isChoice(field) ? wordOf(reader.t, field, String(value.kind)) : "";
  const asked = value.place ?? value.of ?? value.price ?? value.by;
  if (asked === undefined || asked === null) return word;
  return `${word}: ${isRecord(asked) ? amountText(reader, asked) : asked}`;
}

const amountText = (reader: Reader, { unit, value }: Parts): CellValue =>
  unit === "percent" ? `${shareText(reader, Number(value))} %` : Number(value);

/** Excel takes 12.5 for a day of May where a comma parts decimals. */
function shareText({ locale }: Reader, value: number): CellValue {
  if (Number.isInteger(value)) return value;
  return locale === "en" ? String(value) : String(value).replace(".", ",");
}
