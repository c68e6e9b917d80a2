import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  decisions,
  ledgerCheckpoints,
  ledgerHeads,
  marketObservations,
} from "@/lib/db/schema/repricing";
import {
  EMPTY_LEDGER,
  type LedgerEntry,
  type LedgerHead,
  type Outcome,
  type Seal,
} from "./ledger-rules";
import type { Offer } from "./model";

/** A store's ledger: where it begins, or was pruned to, and where it says that it ends. */
export type StoreLedger = {
  storeId: string;
  storeName: string;
  from: LedgerHead;
  end: LedgerHead;
};

/** One moment of the database for all that is read inside, however long it takes. */
export function atOneMoment<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}

/** Every ledger there is, or one, archived stores' too. For commands. */
export async function ledgersOf(tx: Tx, storeId: string | null): Promise<StoreLedger[]> {
  const rows = await tx
    .select({
      storeId: stores.id,
      storeName: stores.name,
      end: ledgerHeads,
      from: ledgerCheckpoints,
    })
    .from(ledgerHeads)
    .innerJoin(stores, eq(stores.id, ledgerHeads.storeId))
    .leftJoin(ledgerCheckpoints, eq(ledgerCheckpoints.storeId, ledgerHeads.storeId))
    .where(storeId ? eq(stores.id, storeId) : undefined)
    .orderBy(asc(stores.name), asc(stores.id));
  return rows.map(({ end, from, ...store }) => ({
    ...store,
    end: headOf(end),
    from: from ? headOf(from) : EMPTY_LEDGER,
  }));
}

const headOf = ({ seq, hash }: LedgerHead): LedgerHead => ({ seq, hash });

/** A row of the ledger as it is stored. */
export type Stored = { entry: LedgerEntry & Seal; priceBefore: number | null };

type Row = Omit<LedgerEntry, "storeId" | "decidedAt" | "outcome"> &
  Seal &
  Outcome & { at: number; priceBefore: number | null };

/** The decisions after `seq` in the order of the ledger, at most `limit`. */
export async function ledgerPage(
  tx: Tx,
  storeId: string,
  afterSeq: number,
  limit: number,
): Promise<Stored[]> {
  const rows = await tx.execute<Row>(sql`
    select id, run_id as "runId", actor_id as "actorId", observation_id as "observationId",
      dry_run as "dryRun", product_id as "productId", city_id as "cityId", seq::float8 as seq, origin,
      (extract(epoch from decided_at) * 1000)::float8 as at, rules_version as "rulesVersion", inputs,
      inputs_hash as "inputsHash", previous_hash as "previousHash", hash, kind, reason, price, params,
      trail, price_before as "priceBefore"
    from ${decisions}
    where store_id = ${storeId} and seq > ${afterSeq} order by seq limit ${limit}`);
  return rows.map((row) => toStored(storeId, row));
}

/** Field by field: a copy of a million rows is not free. */
function toStored(storeId: string, row: Row): Stored {
  return {
    priceBefore: row.priceBefore,
    entry: {
      id: row.id,
      runId: row.runId,
      actorId: row.actorId,
      observationId: row.observationId,
      dryRun: row.dryRun,
      storeId,
      productId: row.productId,
      cityId: row.cityId,
      seq: row.seq,
      origin: row.origin,
      decidedAt: new Date(row.at),
      rulesVersion: row.rulesVersion,
      inputs: row.inputs,
      outcome: {
        kind: row.kind,
        reason: row.reason,
        price: row.price,
        params: row.params,
        trail: row.trail,
      },
      inputsHash: row.inputsHash,
      previousHash: row.previousHash,
      hash: row.hash,
    },
  };
}

/** The offers of these observations, those that are still kept. */
export async function offersOf(
  tx: Tx,
  observationIds: readonly string[],
): Promise<Map<string, readonly Offer[]>> {
  if (observationIds.length === 0) return new Map();
  const rows = await tx
    .select({ id: marketObservations.id, offers: marketObservations.offers })
    .from(marketObservations)
    .where(inArray(marketObservations.id, [...observationIds]));
  return new Map(rows.map(({ id, offers }) => [id, offers as Offer[]]));
}
