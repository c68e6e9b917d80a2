import type { z } from "zod";
import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet, SheetColumn } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { type Translator, translator } from "@/lib/i18n/translator";
import { chosenRivals } from "@/lib/rivals/chosen-rivals";
import type { Rival } from "@/lib/rivals/list-model";
import type { rivalsSchema } from "@/lib/rivals/model";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { FileFormat } from "./format-model";

const BATCH = 1_000;

type Export = {
  query: z.output<typeof rivalsSchema>;
  format: FileFormat;
  locale: Locale;
  now: Date;
};

/**
 * The rivals that a page means, in its order, as a file. Who took what is written down. Throws
 * `rate_limited` for more than ten files of one person in ten minutes.
 */
export async function exportRivals(
  db: Db,
  caller: Caller,
  { query, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === query.store)?.id ?? null;
  const entry = { at: now, storeId, details: { table: "rivals", format, ...query } };
  await takeAllowed(db, caller.id, filesTaken("table.exported"), entry);
  const rivals = await chosenRivals(db, caller, query, now);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const sheet: Sheet<Rival> = {
    name: t("rivals.title"),
    columns: rivalColumns(t),
    rows: batchesOf(rivals),
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

function rivalColumns(t: Translator): SheetColumn<Rival>[] {
  return [
    { header: t("tables.rivals.id"), width: 14, value: ({ merchantId }) => merchantId },
    { header: t("tables.rivals.name"), width: 32, value: ({ name }) => name },
    { header: t("tables.rivals.cards"), width: 18, value: ({ cards }) => cards },
    { header: t("tables.rivals.cheaper"), width: 18, value: ({ cheaper }) => cheaper },
    {
      header: t("tables.rivals.gap"),
      width: 18,
      // Kept in tenths of a percent.
      value: ({ gap }) => (gap === null ? null : `${gap / 10} %`),
    },
    { header: t("tables.rivals.seen"), width: 20, value: ({ seenAt }) => seenAt },
  ];
}

async function* batchesOf(rivals: readonly Rival[]): AsyncGenerator<Rival[]> {
  for (let at = 0; at < rivals.length; at += BATCH) yield rivals.slice(at, at + BATCH);
}
