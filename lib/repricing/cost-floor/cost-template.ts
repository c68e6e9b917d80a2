import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { readableStore } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { type CostedProduct, costedProducts } from "./cost-import-queries";
import { headerOf, type SheetColumn, sheetColumns } from "./cost-lines";

const widths: Partial<Record<SheetColumn, number>> = { article: 20, name: 48 };

/**
 * The products of the caller with what is set of their costs, as the file that is read back. Who took it
 * is written down. Throws `not_found` for a store they may not see, `rate_limited` for more than ten files
 * of one person in ten minutes.
 */
export async function costTemplate(
  db: Db,
  caller: Caller,
  { storeId, locale, now }: { storeId: string | null; locale: Locale; now: Date },
): Promise<ReadableStream<Uint8Array>> {
  if (storeId !== null) await readableStore(db, caller, storeId);
  await takeAllowed(db, caller.id, filesTaken("costs.exported"), { at: now, storeId });
  const t = translator(locale);
  const { timeZone } = await getWorkspace(db);
  return xlsxStream({
    name: t("costs.import.title"),
    timeZone,
    rows: costedProducts(db, caller, storeId),
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
