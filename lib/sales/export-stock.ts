import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import { inOne } from "@/lib/excel/in-one";
import { MOST_ROWS, type Sheet, type SheetColumn } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { type Translator, translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { StockAddress } from "./address";
import { type StockLine, stockLines } from "./stock-queries";

type Export = { address: StockAddress; format: "xlsx" | "csv"; locale: Locale; now: Date };

/**
 * How long products last as a file. Throws `rate_limited` for more than ten files of one person in ten minutes.
 * Who took what is written down.
 */
export async function exportStock(
  db: Db,
  caller: Caller,
  { address, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const { store, view } = address;
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === store)?.id ?? null;
  const details = { table: "stock", format, ...address };
  await takeAllowed(db, caller.id, filesTaken("table.exported"), { at: now, storeId, details });
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const wanted = { storeId: store, view, now, limit: MOST_ROWS, offset: 0 };
  const sheet: Sheet<StockLine> = {
    name: t("sales.stock.title"),
    columns: stockColumns(t),
    rows: inOne(async () => (await stockLines(db, caller, wanted)).rows),
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

const stockColumns = (t: Translator): SheetColumn<StockLine>[] => [
  { header: t("sales.by.store"), width: 20, value: ({ storeName }) => storeName },
  { header: t("sales.sheet.article"), width: 18, value: ({ sku }) => sku },
  { header: t("sales.by.product"), width: 48, value: ({ name }) => name },
  { header: t("sales.stock.columns.stock"), width: 12, value: ({ stock }) => stock },
  { header: t("sales.stock.columns.sold"), width: 14, value: ({ sold }) => sold },
  { header: t("sales.sheet.daysLeft"), width: 14, value: ({ daysLeft }) => daysLeft },
];
