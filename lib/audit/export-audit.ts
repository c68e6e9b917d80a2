import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { can, requirePermission } from "@/lib/auth/permissions";
import { findActiveUser } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { AuditCursor, AuditQuery } from "./address";
import { textsIn } from "./change-rules";
import { type ExportFormat, MOST_EXPORTED } from "./filter-model";
import { type AuditRow, auditPage, namesOf } from "./queries";
import { type AuditSheetRow, auditSheet } from "./sheet";
import { auditWords } from "./words";

const BATCH = 1_000;

type Export = { query: AuditQuery; format: ExportFormat; locale: Locale; now: Date };

/**
 * The narrowed audit as a file that is sent while it is read. Throws `forbidden`, and `rate_limited` for
 * more than ten files of one person in ten minutes. Who took what is written down.
 */
export async function exportAudit(
  db: Db,
  caller: Caller,
  { query, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  requirePermission(caller, "view_audit");
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === query.store)?.id ?? null;
  const entry = { at: now, storeId, details: { format, ...query } };
  await takeAllowed(db, caller.id, filesTaken("audit.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const inWords = async (entries: AuditRow[]): Promise<AuditSheetRow[]> => {
    const names = await namesOf(
      db,
      entries.flatMap(({ details }) => textsIn(details)),
    );
    const reader = { t, locale, timeZone, names };
    return entries.map((one) => ({ entry: one, words: auditWords(reader, one) }));
  };
  const sheet: Sheet<AuditSheetRow> = {
    name: t("audit.sheet.name"),
    columns: auditSheet((name) => t(`audit.sheet.${name}`)),
    rows: exported(db, caller, { query, now, inWords }, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("audit.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

type Reading = Pick<Export, "query" | "now"> & {
  inWords: (entries: AuditRow[]) => Promise<AuditSheetRow[]>;
};

async function* exported(
  db: Db,
  caller: Caller,
  { query, now, inWords }: Reading,
  onCut: () => void,
): AsyncGenerator<AuditSheetRow[], void> {
  let before: AuditCursor | undefined;
  for (let count = 0; ; ) {
    const limit = Math.min(BATCH, MOST_EXPORTED - count);
    // A long file ends with the right to it.
    const reader = await findActiveUser(db, caller.id);
    if (!reader || !can(reader, "view_audit")) throw new AppError("forbidden");
    const { entries, hasMore } = await auditPage(db, reader, { query, now, before, limit });
    if (entries.length > 0) yield await inWords(entries);
    count += entries.length;
    before = entries.at(-1);
    if (!hasMore) return;
    if (count >= MOST_EXPORTED) return onCut();
  }
}
