import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCities } from "@/lib/db/schema/products";
import { decisions, ledgerHeads } from "@/lib/db/schema/repricing";
import { type DecisionRow, standingReason } from "@/lib/repricing/check/check-queries";
import { EMPTY_LEDGER, type LedgerHead } from "./ledger-rules";

/** The end of the store's ledger, locked until the transaction ends: decisions are chained one by one. */
export async function lockLedger(tx: Tx, storeId: string): Promise<LedgerHead> {
  const known = await lockHead(tx, storeId);
  if (known) return known;
  await tx
    .insert(ledgerHeads)
    .values({ storeId, ...EMPTY_LEDGER })
    .onConflictDoNothing();
  const head = await lockHead(tx, storeId);
  if (!head) throw new Error("the ledger head vanished");
  return head;
}

async function lockHead(tx: Tx, storeId: string): Promise<LedgerHead | undefined> {
  const [head] = await tx
    .select({ seq: ledgerHeads.seq, hash: ledgerHeads.hash })
    .from(ledgerHeads)
    .where(eq(ledgerHeads.storeId, storeId))
    .for("update");
  return head;
}

export async function moveLedger(tx: Tx, storeId: string, head: LedgerHead): Promise<void> {
  await tx.update(ledgerHeads).set(head).where(eq(ledgerHeads.storeId, storeId));
}

export type Subject = { productId: string; cityId: string };

/** Written words: a partial index is not met by a parameter. */
export const isUnsent = sql`${decisions.state} in ('pending', 'frozen', 'held')`;

const ofSubjects = (subjects: Subject[]) => {
  const keys = subjects.map(({ productId, cityId }) => ({ productId, cityId }));
  return sql`(${decisions.productId}, ${decisions.cityId}) in (
    select "productId", "cityId" from json_to_recordset(${JSON.stringify(keys)}::json)
      as subject("productId" uuid, "cityId" text))`;
};

/** A decision that has not left yet. */
export type Unsent = Subject &
  Pick<DecisionRow, "id" | "origin" | "state" | "stateReason" | "holdId">;

/** What has not left yet of these subjects. Under the ledger's lock nobody puts another beside it. */
export async function unsentOf(tx: Tx, subjects: Subject[]): Promise<Unsent[]> {
  return tx
    .select({
      id: decisions.id,
      productId: decisions.productId,
      cityId: decisions.cityId,
      origin: decisions.origin,
      state: decisions.state,
      stateReason: decisions.stateReason,
      holdId: decisions.holdId,
    })
    .from(decisions)
    .where(and(isUnsent, ofSubjects(subjects)));
}

/** Newer decisions replace these, as far as they have not left by now. */
export async function supersede(tx: Tx, unsent: readonly Unsent[]): Promise<void> {
  if (unsent.length === 0) return;
  const ids = sql.param(unsent.map(({ id }) => id));
  await tx
    .update(decisions)
    .set({ state: "superseded", stateReason: "newer_decision", stateParams: {}, notBefore: null })
    .where(
      inArray(decisions.id, lockedDecisions(tx, sql`${isUnsent} and id = any(${ids}::uuid[])`)),
    );
}

/** Decisions to be changed by one statement, locked in the order everybody locks them in. */
export function lockedDecisions(tx: Tx, where: SQL | undefined) {
  return tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(where)
    .orderBy(asc(decisions.id))
    .for("update");
}

/**
 * A price that certainly did not leave waits again. If another has come to wait in its place, be it for a
 * person's word, the newer one goes on, but a person's before the bot's.
 */
export async function takeBack(
  tx: Tx,
  decision: Pick<DecisionRow, "id" | "storeId" | "productId" | "cityId" | "origin">,
): Promise<void> {
  await lockLedger(tx, decision.storeId);
  const others = await unsentOf(tx, [decision]);
  const weaker = decision.origin === "bot" ? [] : others.filter(({ origin }) => origin === "bot");
  await supersede(tx, weaker);
  const to =
    others.length > weaker.length
      ? ({ state: "superseded", stateReason: "newer_decision" } as const)
      : ({ state: "pending" } as const);
  await tx
    .update(decisions)
    .set({ ...to, sendingAt: null, confirmAt: null })
    .where(and(eq(decisions.id, decision.id), eq(decisions.state, "sending")));
}

/** The newest decision of each of these, where their pages look for it. */
export async function setLastDecisions(
  tx: Tx,
  rows: readonly { id: string; productId: string; cityId: string }[],
): Promise<void> {
  const keys = rows.map(({ id, productId, cityId }) => ({ id, productId, cityId }));
  await tx.execute(sql`
    with latest as materialized (
      select * from json_to_recordset(${JSON.stringify(keys)}::json)
        as row("id" uuid, "productId" uuid, "cityId" text)
    ), locked as materialized (
      select product_id, city_id from ${productCities}
      where (product_id, city_id) in (select "productId", "cityId" from latest)
      order by product_id, city_id for update
    )
    update ${productCities} city set last_decision_id = latest.id,
      last_reason = (select ${standingReason} from ${decisions} d where d.id = latest.id)
    from latest join locked on locked.product_id = latest."productId" and locked.city_id = latest."cityId"
    where city.product_id = latest."productId" and city.city_id = latest."cityId"`);
}
