import type { CellValue, SheetColumn } from "@/lib/excel/sheet-model";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { cellOf } from "./cell-text";
import { codeOf, isRuleField, type ReadOnlyColumn, type TableField } from "./field-model";
import type { TableRow } from "./row-queries";
import { cellValue } from "./row-rules";
import { markOf } from "./table-model";
import { headerOf } from "./words";

const readOnly: [ReadOnlyColumn, width: number, (row: TableRow) => CellValue][] = [
  ["name", 48, ({ name }) => name],
  ["brand", 16, ({ brand }) => brand],
  ["category", 20, ({ category }) => category],
  ["store", 18, ({ storeName }) => storeName],
  ["city", 12, ({ cityName }) => cityName],
  ["price", 12, ({ price }) => price],
  ["place", 8, ({ place }) => place],
  ["places", 10, ({ placesTotal }) => placesTotal],
  ["rival", 14, ({ bestRivalPrice }) => bestRivalPrice],
  ["kaspiStock", 12, ({ kaspiStock }) => kaspiStock],
];

type Reader = { t: Translator; locale: Locale };

/**
 * Products as a sheet that can be sent back: what is only to be read, what may be changed, and last the
 * mark by which it is known again, with the product's id in each row.
 */
export function productsSheet(
  { t, locale }: Reader,
  fields: readonly TableField[],
  exportId: string,
): SheetColumn<TableRow>[] {
  return [
    { header: headerOf(t, "article"), width: 18, value: ({ sku }) => sku },
    ...readOnly.map(([name, width, value]) => ({ header: headerOf(t, name), width, value })),
    ...fields.map((field) => ({
      header: headerOf(t, field),
      width: widthOf(field),
      look: "editable" as const,
      value: (row: TableRow) => cellOf({ t, locale }, field, cellValue(row, field)),
    })),
    { header: markOf(exportId), width: 38, look: "hidden", value: ({ id }) => id },
  ];
}

function widthOf(field: TableField): number {
  if (field === "note" || field === "preorderPoints") return 32;
  if (codeOf(field) !== null) return 16;
  return isRuleField(field) ? 24 : 14;
}
