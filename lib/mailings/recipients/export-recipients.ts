import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import { can, requirePermission } from "@/lib/auth/permissions";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import type { FileFormat } from "@/lib/table-files/format-model";
import { getWorkspace } from "@/lib/workspace/queries";
import { type RecipientPlace, type RecipientRow, recipientsAfter } from "./recipient-list-queries";
import type { RecipientsFilter } from "./recipient-model";
import { recipientsSheet } from "./sheet";

const BATCH = 1_000;
/** As many as one file brings in. Whoever wants the rest narrows the list. */
const MOST_EXPORTED = 100_000;

type Export = { filter: RecipientsFilter; format: FileFormat; locale: Locale; now: Date };

/**
 * The recipients that a page means as a file that is sent while it is read; it can be loaded again. Who took what is
 * written down. Throws `forbidden`, `rate_limited` for more than ten files of one person in ten minutes.
 */
export async function exportRecipients(
  db: Db,
  caller: Caller,
  { filter, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  requirePermission(caller, "view_recipient");
  const entry = { at: now, details: { format, ...filter } };
  await takeAllowed(db, caller.id, filesTaken("recipient.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const sheet: Sheet<RecipientRow> = {
    name: t("recipients.title"),
    columns: recipientsSheet(
      {
        header: (name) => t(`recipients.sheet.${name}`),
        state: (state) => t(`recipients.state.${state}`),
      },
      can(caller, "can_view_all_recipients"),
    ),
    rows: exported(db, caller, filter, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("recipients.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

async function* exported(
  db: Db,
  caller: Caller,
  filter: RecipientsFilter,
  onCut: () => void,
): AsyncGenerator<RecipientRow[], void> {
  let after: RecipientPlace | null = null;
  for (let sent = 0; ; sent += BATCH) {
    const rows: RecipientRow[] = await recipientsAfter(db, caller, { filter, after, limit: BATCH });
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    if (sent + BATCH >= MOST_EXPORTED) return onCut();
    after = rows.at(-1) ?? null;
  }
}
