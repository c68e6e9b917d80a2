import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { getWorkspace } from "@/lib/workspace/queries";
import { seenMailing } from "../mailing-queries";
import { attemptsSheet } from "./attempts-sheet";
import type { AttemptsExport } from "./export-model";
import { type AttemptRow, attemptsOf, runNumbered } from "./history-queries";

const BATCH = 1_000;
/** A spreadsheet has hardly more lines. */
const MOST_EXPORTED = 1_000_000;

type Export = { mailingId: number; asked: AttemptsExport; locale: Locale; now: Date };

/**
 * What came of a run's letters, as a page has narrowed them, as a file that is sent while it is read. Who took
 * what is written down. Throws `forbidden`, `not_found`, `rate_limited` for more than ten files of one person in
 * ten minutes.
 */
export async function exportAttempts(
  db: Db,
  caller: Caller,
  { mailingId, asked, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const mailing = await seenMailing(db, caller, mailingId);
  if (!mailing) throw new AppError("not_found", "mailing_unknown");
  const run = await runNumbered(db, mailing.id, asked.run ?? null);
  if (!run) throw new AppError("not_found", "mailing_never_sent");
  const { format, status, q } = asked;
  const entry = { at: now, details: { mailing: mailing.id, run: run.number, format, status, q } };
  await takeAllowed(db, caller.id, filesTaken("mailing.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const sheet: Sheet<AttemptRow> = {
    name: t("mailings.runs.nth", { number: run.number }),
    columns: attemptsSheet({
      header: (name) => t(`mailings.sheet.${name}`),
      state: (one) => t(`mailings.attempts.state.${one}`),
      reason: (one) => t(`mailings.attempts.reason.${one}`),
    }),
    rows: exported(db, run.id, { status, q }, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("mailings.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

async function* exported(
  db: Db,
  runId: string,
  filter: Pick<AttemptsExport, "status" | "q">,
  onCut: () => void,
): AsyncGenerator<AttemptRow[], void> {
  let after: number | undefined;
  for (let sent = 0; ; sent += BATCH) {
    const { rows, hasMore } = await attemptsOf(db, runId, { ...filter, after }, BATCH);
    if (rows.length > 0) yield rows;
    if (!hasMore) return;
    if (sent + BATCH >= MOST_EXPORTED) return onCut();
    after = rows.at(-1)?.nth;
  }
}
