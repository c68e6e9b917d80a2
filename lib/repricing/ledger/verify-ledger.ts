import type { Db, Tx } from "@/lib/db/client";
import { sha256 } from "@/lib/repricing/check/check-products";
import type { LedgerHead } from "./ledger-rules";
import { atOneMoment, ledgerPage, ledgersOf, readRow, type StoreLedger } from "./verify-queries";
import { type Checked, type Flaw, judgeRow } from "./verify-rules";

/** Read together; so many decisions and their markets are in memory, however long the ledger is. */
const PAGE = 2_000;
/** One change shows itself in what comes after it, too; nobody reads more. */
const MOST_FLAWS = 20;

export type LedgerVerdict = Omit<StoreLedger, "from" | "end"> & {
  /** The decisions up to this one were forgotten, the chain goes on from it. */
  prunedTo: number;
  head: LedgerHead;
  checked: Record<Checked, number>;
  /** The first of them; at `end` the ledger stops short of where it says that it ends, or goes on. */
  flaws: { seq: number; why: Flaw | "end" }[];
};

/**
 * Checks the ledgers of all stores, or of one, from their beginning or checkpoint to their end: the chain
 * of hashes, and every decision of a bot by the present rules is made again. Reads one moment of the
 * database, in pages. `onStore` is told of every ledger that is through.
 */
export function verifyLedgers(
  db: Db,
  { storeId = null, onStore }: { storeId?: string | null; onStore?: (one: LedgerVerdict) => void },
): Promise<LedgerVerdict[]> {
  return atOneMoment(db, async (tx) => {
    const verdicts: LedgerVerdict[] = [];
    for (const ledger of await ledgersOf(tx, storeId)) {
      const verdict = await verifyLedger(tx, ledger);
      onStore?.(verdict);
      verdicts.push(verdict);
    }
    return verdicts;
  });
}

async function verifyLedger(tx: Tx, { from, end, ...store }: StoreLedger): Promise<LedgerVerdict> {
  const checked = { replayed: 0, by_person: 0, older_rules: 0, market_gone: 0 };
  const flaws: LedgerVerdict["flaws"] = [];
  const flawed = (seq: number, why: Flaw | "end") => {
    if (flaws.length < MOST_FLAWS) flaws.push({ seq, why });
  };
  let last = from;
  let next = ledgerPage(tx, store.storeId, last.seq, PAGE);
  for (let page = await next; page.rows.length > 0; page = await next) {
    // The next page is on its way while this one is checked.
    next = ledgerPage(tx, store.storeId, page.rows.at(-1)?.seq ?? last.seq, PAGE);
    for (const row of page.rows) {
      const stored = readRow(store.storeId, row, page);
      const verdict = judgeRow(stored, last, sha256);
      const { seq, hash } = row;
      if (verdict.flaw) flawed(seq, verdict.flaw);
      else checked[verdict.checked] += 1;
      last = { seq, hash };
    }
  }
  if (last.seq !== end.seq || last.hash !== end.hash) flawed(last.seq, "end");
  return { ...store, prunedTo: from.seq, head: last, checked, flaws };
}
