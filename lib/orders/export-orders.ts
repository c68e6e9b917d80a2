import { filesTaken, takeAllowed } from "@/lib/auth/allowance";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { listStoreNames } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { OrderCursor, OrderFilter } from "./address";
import { MOST_EXPORTED } from "./filter-model";
import { ordersPage } from "./list-queries";
import { type OrderLineRow, type OrderWords, orderSheet } from "./sheet";
import type { OrderRow } from "./shown-queries";
import { deliveryText, paymentText, reasonText, statusText } from "./words";

const BATCH = 500;

type Export = { filter: OrderFilter; format: "xlsx" | "csv"; locale: Locale; now: Date };

/**
 * The narrowed list as a file that is sent while it is read, a row for each line of an order. Throws
 * `rate_limited` for more than ten files of one person in ten minutes. Who took what is written down.
 */
export async function exportOrders(
  db: Db,
  caller: Caller,
  { filter, format, locale, now }: Export,
): Promise<ReadableStream<Uint8Array>> {
  const stores = await listStoreNames(db, caller);
  // Whatever the address names: what is written down of a store is seen by those who see the store.
  const storeId = stores.find(({ id }) => id === filter.store)?.id ?? null;
  const entry = { at: now, storeId, details: { format, ...filter } };
  await takeAllowed(db, caller.id, filesTaken("orders.exported"), entry);
  const { timeZone } = await getWorkspace(db);
  const t = translator(locale);
  let isCut = false;
  const sheet: Sheet<OrderLineRow> = {
    name: t("orders.sheet.name"),
    columns: orderSheet(wordsIn(locale)),
    rows: exported(db, caller, { filter, timeZone, now }, () => {
      isCut = true;
    }),
    footnote: () =>
      isCut ? t("orders.sheet.more", { most: formatNumber(MOST_EXPORTED, locale) }) : null,
    timeZone,
  };
  return format === "xlsx" ? xlsxStream(sheet) : csvStream(sheet, locale === "en" ? "," : ";");
}

async function* exported(
  db: Db,
  caller: Caller,
  asked: { filter: OrderFilter; timeZone: string; now: Date },
  onCut: () => void,
): AsyncGenerator<OrderLineRow[], void> {
  let before: OrderCursor | undefined;
  for (let count = 0; ; ) {
    const limit = Math.min(BATCH, MOST_EXPORTED - count);
    const { rows, hasMore } = await ordersPage(db, caller, { ...asked, before, limit });
    if (rows.length > 0) yield rows.flatMap(linesOf);
    count += rows.length;
    before = rows.at(-1);
    if (!hasMore) return;
    if (count >= MOST_EXPORTED) return onCut();
  }
}

const linesOf = (order: OrderRow): OrderLineRow[] =>
  order.entries.length === 0
    ? [{ order, entry: null, isFirst: true }]
    : order.entries.map((entry, nth) => ({ order, entry, isFirst: nth === 0 }));

function wordsIn(locale: Locale): OrderWords {
  const t = translator(locale);
  return {
    header: (name) => t(`orders.sheet.${name}`),
    status: ({ status }) => statusText(t, status),
    delivery: (order) => deliveryText(t, order),
    payment: ({ paymentMode }) => (paymentMode === null ? null : paymentText(t, paymentMode)),
    reason: ({ cancellationReason: why }) => (why === null ? null : reasonText(t, why)),
  };
}
