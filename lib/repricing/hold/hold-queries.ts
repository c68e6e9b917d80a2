import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { HOUR, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { priceHolds } from "@/lib/db/schema/safety";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";
import { lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import type { Move } from "./breaker-rules";
import { isTouchedBy } from "./touched-queries";

export type PriceHold = typeof priceHolds.$inferSelect;

/**
 * Unsent changes of the store's bots that no person has agreed to; nor let go, should they have been held
 * for the same cause before: what is pending and has a hold was let go of it.
 */
const unsentByBots = (storeId: string, cause: PriceHold["kind"]) =>
  and(
    eq(decisions.storeId, storeId),
    sql`${decisions.state} = 'pending'`,
    eq(decisions.origin, "bot"),
    isNull(decisions.actorId),
    sql`not exists (select 1 from ${priceHolds} h
      where h.id = ${decisions.holdId} and h.kind = ${cause})`,
  );

type Unsent = { storeId: string; runId?: string; touchedBy?: Parameters<typeof isTouchedBy>[0] };

/** What a run is about to change. */
export async function movesOfRun(
  tx: Tx,
  { storeId, runId }: Required<Pick<Unsent, "storeId" | "runId">>,
): Promise<Move[]> {
  const rows = await tx
    .select({ before: decisions.priceBefore, after: decisions.price })
    .from(decisions)
    .where(and(unsentByBots(storeId, "breaker"), eq(decisions.runId, runId)));
  return rows.flatMap(({ before, after }) => (after === null ? [] : [{ before, after }]));
}

/**
 * What the store's bots have changed in the last hour, or are about to: for each product and city, from
 * the price before its first change to that of its last. Counted afresh since a person last answered.
 */
export async function movesOfHour(tx: Tx, storeId: string, now: Date): Promise<Move[]> {
  const answered = sql`coalesce((select max(h.answered_at) from ${priceHolds} h
    where h.store_id = ${storeId} and h.kind = 'breaker' and h.answer <> 'lifted'), '-infinity')`;
  const rows = await tx
    .select({
      before: sql<
        Move["before"]
      >`(array_agg(${decisions.priceBefore} order by ${decisions.seq}))[1]`,
      after: sql<Move["after"]>`(array_agg(${decisions.price} order by ${decisions.seq} desc))[1]`,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.storeId, storeId),
        sql`${decisions.kind} = 'change' and not ${decisions.dryRun}`,
        eq(decisions.origin, "bot"),
        isNull(decisions.actorId),
        gt(decisions.decidedAt, later(now, -HOUR)),
        sql`${decisions.decidedAt} > ${answered}`,
        sql`${decisions.state} in ('pending', 'held', 'sending', 'sent', 'confirmed')`,
      ),
    )
    .groupBy(decisions.productId, decisions.cityId);
  return rows;
}

/** The store's open hold of the kind, or a new one. */
export async function openHold(
  tx: Tx,
  hold: Omit<typeof priceHolds.$inferInsert, "id" | "answer">,
): Promise<string> {
  const { changes = 0, drops = 0 } = hold;
  const [row] = await tx
    .insert(priceHolds)
    .values(hold)
    .onConflictDoUpdate({
      target: [priceHolds.storeId, priceHolds.kind],
      targetWhere: isNull(priceHolds.answer),
      set: { changes, drops },
    })
    .returning({ id: priceHolds.id });
  if (!row) throw new Error("insert into price_holds returned nothing");
  return row.id;
}

/** Holds back the store's unsent changes, those of one run, or what a change of rules has touched. Returns how many. */
export async function holdUnsent(
  tx: Tx,
  { storeId, runId, touchedBy }: Unsent,
  hold: { holdId: string; stateReason: "breaker" | "canary_failed" },
): Promise<number> {
  const cause = hold.stateReason === "breaker" ? "breaker" : "canary";
  const of = and(
    unsentByBots(storeId, cause),
    runId ? eq(decisions.runId, runId) : undefined,
    touchedBy && isTouchedBy(touchedBy),
  );
  const held = await tx
    .update(decisions)
    .set({ state: "held", notBefore: null, ...hold })
    .where(sql`${decisions.id} in ${lockedDecisions(tx, of)}`)
    .returning({ id: decisions.id });
  return held.length;
}

/** An open hold of the breaker in which nothing waits any more. A failed trial wants a person's word in any case. */
export const isEmptied = and(
  eq(priceHolds.kind, "breaker"),
  isNull(priceHolds.answer),
  sql`not exists (select from ${decisions}
    where ${decisions.holdId} = ${priceHolds.id} and ${decisions.state} = 'held')`,
);

/** Lifts the store's hold that is emptied: the market, or the seller, has taken the question back. Whether it was. */
export async function liftEmptyHold(tx: Tx, storeId: string, now: Date): Promise<boolean> {
  const lifted = await tx
    .update(priceHolds)
    .set({ answer: "lifted", answeredAt: now })
    .where(and(eq(priceHolds.storeId, storeId), isEmptied))
    .returning({ id: priceHolds.id });
  return lifted.length > 0;
}

/** The store's open hold of the kind. */
export async function openHoldOf(
  tx: Tx,
  storeId: string,
  kind: PriceHold["kind"],
): Promise<string | null> {
  const [row] = await tx
    .select({ id: priceHolds.id })
    .from(priceHolds)
    .where(
      and(eq(priceHolds.storeId, storeId), eq(priceHolds.kind, kind), isNull(priceHolds.answer)),
    );
  return row?.id ?? null;
}

/** A hold that the caller may answer. Throws `not_found`, `forbidden`. */
export async function findHold(tx: Tx, caller: Caller, holdId: string): Promise<PriceHold> {
  const [row] = await tx
    .select({ hold: priceHolds, isPermitted: isPermitted(caller, "approve_decision") })
    .from(priceHolds)
    .innerJoin(stores, eq(stores.id, priceHolds.storeId))
    .where(
      and(eq(priceHolds.id, holdId), mayRead(caller, "view_product"), isNull(stores.archivedAt)),
    );
  return permitted(row, "approve_decision").hold;
}

export async function lockHold(tx: Tx, holdId: string): Promise<PriceHold> {
  const [hold] = await tx.select().from(priceHolds).where(eq(priceHolds.id, holdId)).for("update");
  if (!hold) throw new Error("the hold vanished");
  return hold;
}

export async function closeHold(
  tx: Tx,
  holdId: string,
  closed: Pick<PriceHold, "answer" | "answeredAt" | "answeredBy">,
): Promise<void> {
  await tx.update(priceHolds).set(closed).where(eq(priceHolds.id, holdId));
}

/** Ends the waiting of a hold's changes; what they were. */
export async function moveHeld(
  tx: Tx,
  holdId: string,
  to:
    | { state: "pending"; stateReason: null }
    | { state: "refused"; stateReason: "person_kept" }
    | { state: "superseded"; stateReason: "newer_decision" },
): Promise<Pick<DecisionRow, "productId" | "cityId" | "price" | "priceBefore">[]> {
  const held = and(eq(decisions.holdId, holdId), sql`${decisions.state} = 'held'`);
  return tx
    .update(decisions)
    .set(to)
    .where(sql`${decisions.id} in ${lockedDecisions(tx, held)}`)
    .returning({
      productId: decisions.productId,
      cityId: decisions.cityId,
      price: decisions.price,
      priceBefore: decisions.priceBefore,
    });
}

export type OpenHold = Pick<
  PriceHold,
  "id" | "storeId" | "kind" | "scope" | "runId" | "at" | "changes" | "drops"
> & { storeName: string; waiting: number; isWritable: boolean };

/** Holds that wait for a person, the oldest first. */
export async function openHolds(tx: Tx, caller: Caller): Promise<OpenHold[]> {
  return tx
    .select({
      id: priceHolds.id,
      storeId: priceHolds.storeId,
      storeName: stores.name,
      kind: priceHolds.kind,
      scope: priceHolds.scope,
      runId: priceHolds.runId,
      at: priceHolds.at,
      changes: priceHolds.changes,
      drops: priceHolds.drops,
      waiting: sql<number>`(select count(*)::int from ${decisions}
        where ${decisions.holdId} = ${priceHolds.id} and ${decisions.state} = 'held')`,
      isWritable: isPermitted(caller, "approve_decision"),
    })
    .from(priceHolds)
    .innerJoin(stores, eq(stores.id, priceHolds.storeId))
    .where(
      and(isNull(priceHolds.answer), mayRead(caller, "view_product"), isNull(stores.archivedAt)),
    )
    .orderBy(asc(priceHolds.at), asc(priceHolds.id));
}

/** What waits in a hold, in the order of the ledger; `after` goes on from the last one shown. */
export async function heldDecisions(
  tx: Tx,
  caller: Caller,
  holdId: string,
  { after = 0, limit }: { after?: number; limit: number },
) {
  return tx
    .select({
      decisionId: decisions.id,
      seq: decisions.seq,
      productId: decisions.productId,
      cityId: decisions.cityId,
      sku: products.sku,
      name: products.name,
      imageUrl: products.imageUrl,
      priceBefore: decisions.priceBefore,
      price: decisions.price,
      reason: decisions.reason,
      params: decisions.params,
      decidedAt: decisions.decidedAt,
    })
    .from(decisions)
    .innerJoin(products, eq(products.id, decisions.productId))
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        eq(decisions.holdId, holdId),
        sql`${decisions.state} = 'held'`,
        gt(decisions.seq, after),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
      ),
    )
    .orderBy(asc(decisions.seq))
    .limit(limit);
}

export type HeldRow = Awaited<ReturnType<typeof heldDecisions>>[number];
