import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { officeDay } from "@/lib/costs/queries";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import { inOne } from "@/lib/excel/in-one";
import { MOST_ROWS, type Sheet, type SheetColumn } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { type Translator, translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { SalesAddress } from "./address";
import { totalsByDay } from "./figures-queries";
import { partsOf, type SalesPart } from "./load-sales";
import type { SalesDimension, Totals } from "./model";
import { periodOf } from "./period-rules";
import { partName } from "./words";

type Export = {
  address: SalesAddress & { what: "days" | "parts" };
  format: "xlsx" | "csv";
  locale: Locale;
  now: Date;
};

/**
 * The figures of a period by day, or by what the page parts them by, as a file. Throws `rate_limited` for more
 * than ten files of one person in ten minutes. Who took what is written down.
 */
export async function exportSales(
  db: Db,
  caller: Caller,
  { address, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const { what, by, store, range, from, to } = address;
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === store)?.id ?? null;
  const details = { table: "sales", format, ...address };
  await takeAllowed(db, caller.id, filesTaken("table.exported"), { at: now, storeId, details });
  const period = periodOf({ range, from, to }, await officeDay(db, now));
  const scope = { storeId: store, period };
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const rest = { name: t("sales.title"), timeZone };
  if (what === "days") {
    const rows = inOne(() => totalsByDay(db, caller, scope));
    return stream({ ...rest, columns: dayColumns(t), rows }, format, locale);
  }
  const wanted = { ...scope, by, page: 1, limit: MOST_ROWS };
  const rows = inOne(async () => (await partsOf(db, caller, wanted)).rows);
  return stream({ ...rest, columns: partColumns(t, by), rows }, format, locale);
}

const stream = <Row>(sheet: Sheet<Row>, format: "xlsx" | "csv", locale: Locale) =>
  format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");

const dayColumns = (t: Translator): SheetColumn<Totals & { day: string }>[] => [
  { header: t("sales.by.day"), width: 14, value: ({ day }) => day },
  { header: t("sales.parts.orders"), width: 12, value: ({ orders }) => orders },
  { header: t("sales.parts.revenue"), width: 14, value: ({ revenue }) => revenue },
  { header: t("sales.sheet.completed"), width: 14, value: ({ completedSum }) => completedSum },
  { header: t("sales.sheet.cancelledOrders"), width: 14, value: ({ cancelled }) => cancelled },
  { header: t("sales.parts.cancelled"), width: 14, value: ({ cancelledSum }) => cancelledSum },
  { header: t("sales.sheet.returnedOrders"), width: 14, value: ({ returned }) => returned },
  { header: t("sales.parts.returned"), width: 14, value: ({ returnedSum }) => returnedSum },
];

const partColumns = (t: Translator, by: SalesDimension): SheetColumn<SalesPart>[] => [
  { header: t(`sales.by.${by}`), width: 48, value: (part) => partName(t, by, part.name) },
  { header: t("sales.parts.orders"), width: 12, value: ({ orders }) => orders },
  { header: t("sales.parts.units"), width: 12, value: ({ units }) => units },
  { header: t("sales.parts.revenue"), width: 14, value: ({ revenue }) => revenue },
  { header: t("sales.parts.cancelled"), width: 14, value: ({ cancelledSum }) => cancelledSum },
  { header: t("sales.parts.returned"), width: 14, value: ({ returnedSum }) => returnedSum },
];
