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
import { listStoreNames } from "@/lib/stores/queries";
import type { FileFormat } from "@/lib/table-files/format-model";
import { getWorkspace } from "@/lib/workspace/queries";
import { requireReviews } from "./access";
import type { Review } from "./list-model";
import { placedReviews, type ReviewPlace, type ReviewsOf } from "./list-queries";
import type { ReviewsChoice } from "./model";
import { sinceOf } from "./read-list";
import { reviewsSheet } from "./sheet";
import { findCardSource } from "./source-queries";

const BATCH = 1_000;
/** A file of more is no use to anybody; whoever wants the rest narrows it. */
const MOST_EXPORTED = 100_000;

type Export = {
  /** The card whose reviews they are; null: those about the caller's shops. */
  cardId: string | null;
  choice: ReviewsChoice;
  format: FileFormat;
  locale: Locale;
  now: Date;
};

/**
 * The reviews that a page means as a file that is sent while it is read. Who took what is written down.
 * Throws `forbidden`, `not_found` for a card nobody has asked about, `rate_limited` for more than ten files of one
 * person in ten minutes.
 */
export async function exportReviews(
  db: Db,
  caller: Caller,
  { cardId, choice: chosen, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  requireReviews(caller);
  const of = cardId === null ? { caller } : await ofCard(db, cardId);
  // Those below a card are of no store.
  const choice = cardId === null ? chosen : { ...chosen, store: undefined, card: undefined };
  const stores = await listStoreNames(db, caller);
  const storeId = stores.find(({ id }) => id === choice.store)?.id ?? null;
  const entry = { at: now, storeId, details: { format, ...choice, ...(cardId && { cardId }) } };
  await takeAllowed(db, caller.id, filesTaken("reviews.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const since = sinceOf(choice, now);
  const sheet: Sheet<Review> = {
    name: t("reviews.title"),
    columns: reviewsSheet((name) => t(`reviews.sheet.${name}`)),
    rows: exported(db, { of, choice, since }, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("reviews.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

async function ofCard(db: Db, cardId: string): Promise<ReviewsOf> {
  const source = await findCardSource(db, cardId);
  if (!source) throw new AppError("not_found", "card_not_watched");
  return { cardSourceId: source.id };
}

type Chosen = Parameters<typeof placedReviews>[1];

async function* exported(
  db: Db,
  chosen: Chosen,
  onCut: () => void,
): AsyncGenerator<Review[], void> {
  let after: ReviewPlace | null = null;
  for (let sent = 0; ; sent += BATCH) {
    const rows = await placedReviews(db, chosen, { limit: BATCH, after });
    if (rows.length > 0) yield rows.map(({ review }) => review);
    if (rows.length < BATCH) return;
    if (sent + BATCH >= MOST_EXPORTED) return onCut();
    after = rows.at(-1)?.place ?? null;
  }
}
