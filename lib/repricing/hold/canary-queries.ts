import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { wideChanges } from "@/lib/db/schema/safety";
import { lockedDecisions } from "@/lib/repricing/ledger/ledger-queries";
import type { Trial } from "./canary-rules";
import { isTouchedBy } from "./touched-queries";

export type WideChange = typeof wideChanges.$inferSelect;

const ofTrial = (storeId: string) =>
  and(eq(wideChanges.storeId, storeId), sql`${wideChanges.state} in ('open', 'failed')`);

/** Whether the store is trying out a change of rules, or has failed with one. */
export async function isTryingOut(tx: Tx, storeId: string): Promise<boolean> {
  return (await tx.$count(wideChanges, ofTrial(storeId))) > 0;
}

/** The change of rules that the store is trying out, or has failed with; locked. Call it with the ledger locked. */
export async function lockWideChange(tx: Tx, storeId: string): Promise<WideChange | null> {
  const [row] = await tx.select().from(wideChanges).where(ofTrial(storeId)).for("update");
  return row ?? null;
}

/** What was written down of this change so far: one that goes on in several transactions adds up. */
export async function wideChangeOf(
  tx: Tx,
  of: Pick<WideChange, "storeId" | "what" | "subject">,
): Promise<WideChange | null> {
  const [row] = await tx
    .select()
    .from(wideChanges)
    .where(
      and(
        eq(wideChanges.storeId, of.storeId),
        eq(wideChanges.what, of.what),
        eq(wideChanges.subject, of.subject),
      ),
    )
    .orderBy(desc(wideChanges.at))
    .limit(1)
    .for("update");
  return row ?? null;
}

export async function insertWideChange(
  tx: Tx,
  change: typeof wideChanges.$inferInsert,
): Promise<void> {
  await tx.insert(wideChanges).values(change);
}

export async function updateWideChange(
  tx: Tx,
  id: string,
  set: Partial<Pick<WideChange, "products" | "state" | "endedAt" | "at">>,
): Promise<void> {
  await tx.update(wideChanges).set(set).where(eq(wideChanges.id, id));
}

/** The same change of rules once more, as if it had just been made. */
export async function tryAnew(tx: Tx, change: WideChange, now: Date): Promise<void> {
  await updateWideChange(tx, change.id, { state: "replaced", endedAt: now });
  const { storeId, what, subject, products, changedBy } = change;
  const again = { storeId, what, subject, products, changedBy, at: now, state: "open" } as const;
  await insertWideChange(tx, again);
}

/** Why the gate refused a price that a sound rule would not have made. */
const outOfBounds = ["not_a_price", "below_lowest", "below_floor", "above_ceiling"] as const;

/** What has become of the prices sent first, counted by product and city. */
export async function trialOf(tx: Tx, { id, products, at }: WideChange, now: Date): Promise<Trial> {
  const subject = sql`(${decisions.productId}, ${decisions.cityId})`;
  const count = (of: ReturnType<typeof sql>) =>
    sql<number>`(count(distinct ${subject}) filter (where ${of}))::int`;
  const [row] = await tx
    .select({
      alive: count(sql`${decisions.state} in ('pending', 'sending', 'sent', 'confirmed')`),
      confirmed: count(sql`${decisions.state} = 'confirmed'`),
      failed: count(sql`${decisions.state} = 'rejected' or (${decisions.state} = 'refused'
        and ${inArray(decisions.stateReason, [...outOfBounds])})`),
    })
    .from(decisions)
    .where(eq(decisions.canaryOf, id));
  const ageMs = now.getTime() - at.getTime();
  return { products, ageMs, ...(row ?? { alive: 0, confirmed: 0, failed: 0 }) };
}

/** What bots have decided under this change, of products that it has touched, and waits. */
const waitsUnder = (change: WideChange) =>
  and(
    eq(decisions.storeId, change.storeId),
    sql`${decisions.state} = 'pending'`,
    eq(decisions.origin, "bot"),
    isNull(decisions.actorId),
    isTouchedBy(change),
    sql`${decisions.canaryOf} is distinct from ${change.id}`,
  );

/** Whether a price of the same product and city is on its way or confirmed in this trial. */
const isUnderWayIn = (id: string) => sql`exists (select 1 from ${decisions} d
  where d.canary_of = ${id} and d.product_id = ${decisions.productId}
    and d.city_id = ${decisions.cityId} and d.state in ('sending', 'sent', 'confirmed'))`;

/** Chooses the next prices to be sent first: none twice. */
export async function chooseCanaries(tx: Tx, change: WideChange, wanted: number): Promise<void> {
  if (wanted === 0) return;
  const chosen = tx
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(pricingRuns, eq(pricingRuns.id, decisions.runId))
    .where(
      and(
        waitsUnder(change),
        // A run that had begun before has read some of the former rules.
        sql`${pricingRuns.startedAt} >= ${change.at.toISOString()}::timestamptz`,
        sql`${pricingRuns.finishedAt} is not null`,
        sql`not ${isUnderWayIn(change.id)}`,
      ),
    )
    .orderBy(asc(decisions.seq))
    .limit(wanted);
  await sendFirst(tx, change, inArray(decisions.id, chosen));
}

/** What has been sent first once goes on as its market asks: it need not wait for the others. */
export async function letTriedGoOn(tx: Tx, change: WideChange): Promise<void> {
  await sendFirst(tx, change, and(waitsUnder(change), isUnderWayIn(change.id)));
}

async function sendFirst(tx: Tx, { id }: WideChange, of: SQL | undefined): Promise<void> {
  const still = and(of, sql`${decisions.state} = 'pending'`);
  await tx
    .update(decisions)
    .set({ canaryOf: id, stateReason: null })
    .where(inArray(decisions.id, lockedDecisions(tx, still)));
}

/** Whatever else it has touched and waits says that it waits for those. */
export async function sayTheyWait(tx: Tx, change: WideChange): Promise<void> {
  const waiting = and(waitsUnder(change), sql`${decisions.stateReason} is distinct from 'canary'`);
  await say(tx, waiting, "canary");
}

/** Nothing waits for a trial any more. */
export async function sayTheyGo(tx: Tx, storeId: string): Promise<void> {
  const waiting = and(
    eq(decisions.storeId, storeId),
    sql`${decisions.state} = 'pending'`,
    eq(decisions.stateReason, "canary"),
  );
  await say(tx, waiting, null);
}

async function say(tx: Tx, of: SQL | undefined, stateReason: "canary" | null): Promise<void> {
  await tx
    .update(decisions)
    .set({ stateReason })
    .where(inArray(decisions.id, lockedDecisions(tx, of)));
}
