import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { decisionText, stateText } from "@/lib/repricing/decide/reason-text";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { LedgerCursor, LedgerQuery } from "./address";
import { type ExportFormat, MOST_EXPORTED } from "./filter-model";
import { type LedgerEntry, ledgerPage } from "./queries";
import { type LedgerWords, ledgerSheet } from "./sheet";

const BATCH = 1_000;

type Export = { query: LedgerQuery; format: ExportFormat; locale: Locale; now: Date };

/**
 * The narrowed ledger as a file that is sent while it is read. Throws `rate_limited` for more than ten
 * files of one person in ten minutes. Who took what is written down.
 */
export async function exportDecisions(
  db: Db,
  caller: Caller,
  { query, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const stores = await listStoreNames(db, caller);
  // Whatever the address names: what is written down of a store is seen by those who see the store.
  const storeId = stores.find(({ id }) => id === query.store)?.id ?? null;
  const entry = { at: now, storeId, details: { format, ...query } };
  await takeAllowed(db, caller.id, filesTaken("decisions.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const sheet: Sheet<LedgerEntry> = {
    name: t("ledger.sheet.name"),
    columns: ledgerSheet(wordsIn(locale)),
    rows: exported(db, caller, { query, now }, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("ledger.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

async function* exported(
  db: Db,
  caller: Caller,
  { query, now }: Pick<Export, "query" | "now">,
  onCut: () => void,
): AsyncGenerator<LedgerEntry[], void> {
  let before: LedgerCursor | undefined;
  for (let count = 0; ; ) {
    const limit = Math.min(BATCH, MOST_EXPORTED - count);
    const { entries, hasMore } = await ledgerPage(db, caller, { query, now, before, limit });
    if (entries.length > 0) yield entries;
    count += entries.length;
    before = entries.at(-1);
    if (!hasMore) return;
    if (count >= MOST_EXPORTED) return onCut();
  }
}

function wordsIn(locale: Locale): LedgerWords {
  const t = translator(locale);
  return {
    header: (name) => t(`ledger.sheet.${name}`),
    kind: ({ kind }) => t(`ledger.filter.kinds.${kind}`),
    reason: (entry) => decisionText(t, locale, entry),
    state: (entry) => (entry.state === "none" ? "" : stateText(t, locale, entry)),
    who: ({ origin, actorName }) =>
      origin === "bot"
        ? t("ledger.who.bot")
        : t(`ledger.who.${origin}`, { person: actorName ?? t("ledger.who.person") }),
    dryRun: t("ledger.sheet.yes"),
  };
}
