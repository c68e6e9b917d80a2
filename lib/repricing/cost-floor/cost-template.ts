import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { getWorkspace } from "@/lib/workspace/queries";
import { type CostedProduct, costedProducts } from "./cost-import-queries";
import { headerOf, type SheetColumn, sheetColumns } from "./cost-lines";

const widths: Partial<Record<SheetColumn, number>> = { article: 20, name: 48 };

/** The products of the caller with what is set of their costs, as the file that is read back. */
export async function costTemplate(
  tx: Tx,
  caller: Caller,
  { storeId, locale }: { storeId: string | null; locale: Locale },
): Promise<ReadableStream<Uint8Array>> {
  const t = translator(locale);
  const { timeZone } = await getWorkspace(tx);
  return xlsxStream({
    name: t("costs.import.title"),
    timeZone,
    rows: costedProducts(tx, caller, storeId),
    columns: sheetColumns.map((column) => ({
      header: headerOf(t, column),
      width: widths[column] ?? 18,
      value: (row: CostedProduct) => cellOf(row, column),
    })),
  });
}

function cellOf(row: CostedProduct, column: SheetColumn): string | number | null {
  // Kept in hundredths of a percent, read and written as a person says it.
  if (column === "minMargin") return row.minMargin === null ? null : String(row.minMargin / 100);
  return row[column];
}
