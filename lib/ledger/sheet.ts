import type { SheetColumn } from "@/lib/excel/sheet-model";
import type { LedgerEntry } from "./queries";

type Header =
  | "at"
  | "store"
  | "product"
  | "sku"
  | "city"
  | "kind"
  | "before"
  | "after"
  | "difference"
  | "percent"
  | "reason"
  | "state"
  | "who"
  | "sent"
  | "confirmed"
  | "dryRun"
  | "run"
  | "id";

/** What the columns say in the reader's language. */
export type LedgerWords = {
  header: (name: Header) => string;
  kind: (entry: LedgerEntry) => string;
  reason: (entry: LedgerEntry) => string;
  state: (entry: LedgerEntry) => string;
  who: (entry: LedgerEntry) => string;
  dryRun: string;
};

function difference({ priceBefore, price }: LedgerEntry): number | null {
  return priceBefore === null || price === null ? null : price - priceBefore;
}

function percent(entry: LedgerEntry): number | null {
  const change = difference(entry);
  if (change === null || !entry.priceBefore) return null;
  return Math.round((10_000 * change) / entry.priceBefore) / 100;
}

/** The ledger as a sheet; its order is the order of the file. */
export function ledgerSheet(words: LedgerWords): SheetColumn<LedgerEntry>[] {
  const column = (
    name: Header,
    width: number,
    value: SheetColumn<LedgerEntry>["value"],
  ): SheetColumn<LedgerEntry> => ({ header: words.header(name), width, value });
  return [
    column("at", 20, ({ decidedAt }) => decidedAt),
    column("store", 20, ({ storeName }) => storeName),
    column("product", 48, ({ productName }) => productName),
    column("sku", 16, ({ sku }) => sku),
    column("city", 14, ({ cityName }) => cityName),
    column("kind", 14, words.kind),
    column("before", 13, ({ priceBefore }) => priceBefore),
    column("after", 13, ({ price }) => price),
    column("difference", 13, difference),
    column("percent", 12, percent),
    column("reason", 64, words.reason),
    column("state", 40, words.state),
    column("who", 18, words.who),
    column("sent", 20, ({ sentAt }) => sentAt),
    column("confirmed", 20, ({ confirmedAt }) => confirmedAt),
    column("dryRun", 10, ({ dryRun }) => (dryRun ? words.dryRun : null)),
    column("run", 38, ({ runId }) => runId),
    column("id", 38, ({ id }) => id),
  ];
}
