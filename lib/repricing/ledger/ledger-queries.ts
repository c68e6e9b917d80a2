import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { productCities } from "@/lib/db/schema/products";
import { decisions, ledgerHeads } from "@/lib/db/schema/repricing";
import { cityKey, type DecisionRow, standingReason } from "@/lib/repricing/check/check-queries";
import { EMPTY_LEDGER, type LedgerHead } from "./ledger-rules";

/** The end of the store's ledger, locked until the transaction ends: decisions are chained one by one. */
export async function lockLedger(tx: Tx, storeId: string): Promise<LedgerHead> {
  await tx
    .insert(ledgerHeads)
    .values({ storeId, ...EMPTY_LEDGER })
    .onConflictDoNothing();
  const [head] = await tx
    .select({ seq: ledgerHeads.seq, hash: ledgerHeads.hash })
    .from(ledgerHeads)
    .where(eq(ledgerHeads.storeId, storeId))
    .for("update");
  if (!head) throw new Error("the ledger head vanished");
  return head;
}

export async function moveLedger(tx: Tx, storeId: string, head: LedgerHead): Promise<void> {
  await tx.update(ledgerHeads).set(head).where(eq(ledgerHeads.storeId, storeId));
}

export type Subject = { productId: string; cityId: string };

/** States stand beside this as written words: a partial index is not met by a parameter. */
const ofSubjects = (subjects: Subject[]) => {
  const keys = subjects.map(({ productId, cityId }) => ({ productId, cityId }));
  return sql`(${decisions.productId}, ${decisions.cityId}) in (
    select "productId", "cityId" from json_to_recordset(${JSON.stringify(keys)}::json)
      as subject("productId" uuid, "cityId" text))`;
};

/**
 * A newer decision replaces the one that has not left yet; several changes collapse into the last.
 * `merely` pending: a question to a person stays. The caller holds the ledger's lock, so that nobody
 * puts another in between.
 */
export async function supersedeUnsent(
  tx: Tx,
  subjects: Subject[],
  { origins = ["bot"], merely }: { origins?: DecisionRow["origin"][]; merely?: "pending" } = {},
): Promise<void> {
  if (subjects.length === 0) return;
  const unsent = and(
    merely
      ? sql`${decisions.state} = 'pending'`
      : sql`${decisions.state} in ('pending', 'frozen', 'held')`,
    inArray(decisions.origin, origins),
    ofSubjects(subjects),
  );
  await tx
    .update(decisions)
    .set({ state: "superseded", stateReason: "newer_decision", stateParams: {}, notBefore: null })
    .where(inArray(decisions.id, lockedDecisions(tx, unsent)));
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
  if (decision.origin !== "bot") await supersedeUnsent(tx, [decision]);
  const replaced = await tx.$count(
    decisions,
    and(sql`${decisions.state} in ('pending', 'frozen', 'held')`, ofSubjects([decision])),
  );
  const to = replaced
    ? ({ state: "superseded", stateReason: "newer_decision" } as const)
    : ({ state: "pending" } as const);
  await tx
    .update(decisions)
    .set({ ...to, sendingAt: null, confirmAt: null })
    .where(and(eq(decisions.id, decision.id), eq(decisions.state, "sending")));
}

/** Which of these subjects wait for a person together with others, and in which hold. */
export async function heldAmong(tx: Tx, subjects: Subject[]): Promise<HeldSubject[]> {
  return tx
    .select({
      productId: decisions.productId,
      cityId: decisions.cityId,
      holdId: decisions.holdId,
      stateReason: decisions.stateReason,
    })
    .from(decisions)
    .where(and(sql`${decisions.state} = 'held'`, ofSubjects(subjects)));
}

export type HeldSubject = Subject & Pick<DecisionRow, "holdId" | "stateReason">;

/** Which of these, by `cityKey`, have a price set by a person that has not left yet. */
export async function manualWaiting(tx: Tx, subjects: Subject[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ productId: decisions.productId, cityId: decisions.cityId })
    .from(decisions)
    .where(
      and(sql`${decisions.state} = 'pending'`, ne(decisions.origin, "bot"), ofSubjects(subjects)),
    );
  return new Set(rows.map(cityKey));
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
