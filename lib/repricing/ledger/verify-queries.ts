import { asc, eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import {
  decisions,
  ledgerCheckpoints,
  ledgerHeads,
  marketObservations,
} from "@/lib/db/schema/repricing";
import type { Offer } from "@/lib/repricing/decide/model";
import {
  EMPTY_LEDGER,
  type LedgerEntry,
  type LedgerHead,
  type Outcome,
  type Seal,
} from "./ledger-rules";

/** A store's ledger: where it begins, or was pruned to, and where it says that it ends. */
export type StoreLedger = {
  storeId: string;
  storeName: string;
  from: LedgerHead;
  end: LedgerHead;
};

/**
 * One moment of the database for all that is read inside, however long it takes. A ledger is read along its
 * index: Postgres, where it has not counted what was written last, would sort all that is left for each page.
 */
export function atOneMoment<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`set local enable_sort = off`);
      return read(tx);
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
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

/** A decision of the ledger as it is stored, besides its store. */
type Row = Omit<LedgerEntry, "storeId" | "decidedAt" | "outcome"> &
  Seal &
  Omit<Outcome, "params" | "trail"> & {
    at: number;
    priceBefore: number | null;
    /** JSON, read when its turn has come: a page of objects would be moved about by the collector. */
    params: string;
    trail: string;
  };

/** Decisions in the order of the ledger and, as JSON by observation, the offers of those still kept. */
export type LedgerPage = { rows: readonly Row[]; offers: ReadonlyMap<string, string> };

/**
 * The decisions after `seq`, at most `limit`. In the order of the column, which has an index: `seq` alone
 * would be what is selected here, and all that is left be sorted for each page.
 */
export async function ledgerPage(
  tx: Tx,
  storeId: string,
  afterSeq: number,
  limit: number,
): Promise<LedgerPage> {
  const rows = await tx.execute<Row>(sql`
    select id, run_id as "runId", actor_id as "actorId", observation_id as "observationId",
      dry_run as "dryRun", product_id as "productId", city_id as "cityId", seq::float8 as seq, origin,
      (extract(epoch from decided_at) * 1000)::float8 as at, rules_version as "rulesVersion", inputs,
      inputs_hash as "inputsHash", previous_hash as "previousHash", hash, kind, reason, price,
      params::text as params, trail::text as trail, price_before as "priceBefore"
    from ${decisions}
    where store_id = ${storeId} and ${decisions.seq} > ${afterSeq}
    order by ${decisions.seq} limit ${limit}`);
  return { rows, offers: await offersOf(tx, rows) };
}

async function offersOf(tx: Tx, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(rows.flatMap(({ observationId }) => observationId ?? []));
  if (ids.size === 0) return new Map();
  const kept = await tx.execute<{ id: string; offers: string }>(sql`
    select id, offers::text as offers from ${marketObservations}
    where id = any(${sql.param([...ids])}::uuid[])`);
  return new Map(kept.map(({ id, offers }) => [id, offers]));
}

/** A decision to be judged, and the market that it rests on, if that is kept. */
export type Stored = {
  entry: LedgerEntry & Seal;
  priceBefore: number | null;
  offers: readonly Offer[] | null;
};

/** Field by field: a copy of a million rows is not free. */
export function readRow(storeId: string, row: Row, page: LedgerPage): Stored {
  const { kind, reason, price } = row;
  const params = JSON.parse(row.params) as Outcome["params"];
  const trail = JSON.parse(row.trail) as Outcome["trail"];
  const offers = row.observationId === null ? undefined : page.offers.get(row.observationId);
  return {
    priceBefore: row.priceBefore,
    offers: offers === undefined ? null : (JSON.parse(offers) as Offer[]),
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
      outcome: { kind, reason, price, params, trail },
      inputsHash: row.inputsHash,
      previousHash: row.previousHash,
      hash: row.hash,
    },
  };
}
