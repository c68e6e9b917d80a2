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
import type { ProfitAddress } from "./address";
import { type ProfitLine, profitLines } from "./load-profit";
import { periodOf } from "./period-rules";
import { missingText } from "./words";

type Export = { address: ProfitAddress; format: "xlsx" | "csv"; locale: Locale; now: Date };

/**
 * The profit of each product of a period as a file; what is not known is empty and named. Throws
 * `rate_limited` for more than ten files of one person in ten minutes. Who took what is written down.
 */
export async function exportProfit(
  db: Db,
  caller: Caller,
  { address, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const { store, q: search, view, sort, range, from, to } = address;
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === store)?.id ?? null;
  const details = { table: "profit", format, ...address };
  await takeAllowed(db, caller.id, filesTaken("table.exported"), { at: now, storeId, details });
  const period = periodOf({ range, from, to }, await officeDay(db, now));
  const wanted = {
    storeId: store,
    period,
    withCosts: true,
    view,
    sort,
    search,
    limit: MOST_ROWS,
    offset: 0,
  } as const;
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const sheet: Sheet<ProfitLine> = {
    name: t("sales.profit.title"),
    columns: profitColumns(t),
    rows: inOne(async () => (await profitLines(db, caller, wanted, now)).rows),
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

const expenses = [
  "cost",
  "commission",
  "kaspiPay",
  "delivery",
  "tax",
  "packaging",
  "other",
  "returns",
] as const;

const profitColumns = (t: Translator): SheetColumn<ProfitLine>[] => [
  { header: t("sales.by.store"), width: 20, value: ({ storeName }) => storeName },
  { header: t("sales.sheet.article"), width: 18, value: ({ sku }) => sku },
  { header: t("sales.by.product"), width: 48, value: ({ name }) => name },
  { header: t("sales.by.category"), width: 20, value: ({ category }) => category },
  { header: t("sales.profit.columns.units"), width: 10, value: ({ units }) => units },
  { header: t("sales.profit.columns.revenue"), width: 14, value: ({ revenue }) => revenue },
  {
    header: t("sales.profit.figure.known"),
    width: 14,
    value: ({ knownRevenue }) => knownRevenue,
  },
  ...expenses.map((name) => ({
    header: t(`sales.profit.spent.${name}`),
    width: 14,
    value: (row: ProfitLine) => (row.knownRevenue > 0 ? row[name] : null),
  })),
  {
    header: t("sales.profit.columns.profit"),
    width: 14,
    value: ({ profit, knownRevenue }) => (knownRevenue > 0 ? profit : null),
  },
  {
    header: t("sales.sheet.lostDelivery"),
    width: 14,
    value: ({ lostDelivery }) => lostDelivery,
  },
  {
    header: t("sales.sheet.unitNow"),
    width: 14,
    value: ({ unit }) => unit?.now ?? null,
  },
  {
    header: t("sales.sheet.unitBefore"),
    width: 14,
    value: ({ unit }) => unit?.before ?? null,
  },
  {
    header: t("sales.profit.notStated"),
    width: 32,
    value: ({ missing }) => missing.map((one) => missingText(t, one)).join(", "),
  },
];
