import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { getWorkspace } from "@/lib/workspace/queries";
import { readTexts } from "./model";
import { savedBy } from "./saved-queries";
import { type SavedRow, savedSheet } from "./sheet";
import { workOutAll } from "./work-out";

type Export = { format: "xlsx" | "csv"; locale: Locale; now: Date };

/**
 * The person's calculations with what they come to by the tariffs of the day, as a file. Who took what is
 * written down. Throws `rate_limited` for more than ten files of one person in ten minutes.
 */
export async function exportSaved(
  db: Db,
  caller: Caller,
  { format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const entry = { at: now, details: { format } };
  await takeAllowed(db, caller.id, filesTaken("calculation.exported"), entry);
  const rows = await savedRows(db, caller, now);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  const sheet: Sheet<SavedRow> = {
    name: t("calculator.title"),
    columns: savedSheet((name) => t(`calculator.sheet.${name}`)),
    rows: inOne(rows),
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

/** The person's calculations, worked out. */
export async function savedRows(db: Db, caller: Caller, now: Date): Promise<SavedRow[]> {
  const saved = await savedBy(db, caller.id);
  const said = saved.map(({ texts }) => readTexts(texts));
  const outcomes = await workOutAll(db, caller, said, now);
  return saved.flatMap((one, nth) => {
    const [of, outcome] = [said[nth], outcomes[nth]];
    return of && outcome ? [{ ...one, said: of, outcome }] : [];
  });
}

async function* inOne(rows: SavedRow[]): AsyncGenerator<SavedRow[]> {
  if (rows.length > 0) yield rows;
}
