import { and, eq, isNull, or, sql } from "drizzle-orm";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { reviewSources } from "@/lib/db/schema/reviews";
import type { ReviewSummary } from "@/lib/kaspi/reviews";

export type ReviewSource = typeof reviewSources.$inferSelect;

/** A shop's list is one call when nothing is new; a card of somebody else's is looked at daily. */
const EVERY_MS = { shop: HOUR, card: DAY };
/** What was asked for is not asked for again so soon, whatever became of it. */
export const LEASE_MS = 30 * MINUTE;
/** A walk that has kept no page for so long has died. */
const WALK_MS = 15 * MINUTE;
const FIRST_RETRY_MS = 15 * MINUTE;

/** The list by its code, made when there is none yet. */
export async function sourceOf(
  tx: Tx,
  kind: ReviewSource["kind"],
  code: string,
): Promise<ReviewSource> {
  await tx.insert(reviewSources).values({ kind, code }).onConflictDoNothing();
  const [source] = await tx
    .select()
    .from(reviewSources)
    .where(and(eq(reviewSources.kind, kind), eq(reviewSources.code, code)));
  if (!source) throw new Error("insert into review_sources returned nothing");
  return source;
}

export async function findCardSource(tx: Tx, cardId: string): Promise<ReviewSource | null> {
  const isIt = and(eq(reviewSources.kind, "card"), eq(reviewSources.code, cardId));
  const [source] = await tx.select().from(reviewSources).where(isIt);
  return source ?? null;
}

export async function sourceById(tx: Tx, id: string): Promise<ReviewSource | null> {
  const [source] = await tx.select().from(reviewSources).where(eq(reviewSources.id, id));
  return source ?? null;
}

/** The list, locked until the transaction ends; null when it was forgotten meanwhile. */
export async function lockSource(tx: Tx, id: string): Promise<ReviewSource | null> {
  const [source] = await tx
    .select()
    .from(reviewSources)
    .where(eq(reviewSources.id, id))
    .for("no key update");
  return source ?? null;
}

type Walker = { by: string; now: Date };

/** The list is walked by somebody: one more walk, or the one of theirs that goes on. Wants it locked. */
export async function takeWalk(tx: Tx, source: ReviewSource, { by, now }: Walker): Promise<number> {
  const walk = source.walkedBy === by ? source.walks : source.walks + 1;
  await tx
    .update(reviewSources)
    .set({ walks: walk, walkedBy: by, walkingUntil: later(now, WALK_MS) })
    .where(eq(reviewSources.id, source.id));
  return walk;
}

/** The walk goes on: others wait. */
export async function renewWalk(tx: Tx, id: string, { by, now }: Walker): Promise<void> {
  await tx
    .update(reviewSources)
    .set({ walkingUntil: later(now, WALK_MS) })
    .where(and(eq(reviewSources.id, id), eq(reviewSources.walkedBy, by)));
}

/** What Kaspi says of the list as a whole; what it does not say stays. */
export async function noteSummary(
  tx: Tx,
  id: string,
  { name, summary }: { name: string | null; summary: ReviewSummary | null },
): Promise<void> {
  const { rating = null, stars = null, total = null } = summary ?? {};
  const said = {
    ...(name && { name }),
    // Stars of which there are none have no mean.
    ...((rating !== null || stars !== null) && { rating }),
    ...(stars && { stars: [...stars] }),
    ...(total !== null && { total }),
  };
  if (Object.keys(said).length === 0) return;
  await tx.update(reviewSources).set(said).where(eq(reviewSources.id, id));
}

type Settled = { id: string; walk: number } & Pick<
  ReviewSource,
  "isWhole" | "perPage" | "settledGap"
> &
  Partial<Pick<ReviewSource, "wholeWalkAt" | "settledBound">>;

/** A walk has come to its end; said twice it counts once. */
export async function settleWalk(
  tx: Tx,
  { id, walk, ...found }: Settled,
  now: Date,
): Promise<void> {
  const [source] = await tx
    .update(reviewSources)
    .set({
      ...found,
      settledWalk: sql`greatest(${reviewSources.settledWalk}, ${walk}::int)`,
      ...{ lastReadAt: now, failures: 0, errorKey: null, walkedBy: null, walkingUntil: null },
    })
    .where(eq(reviewSources.id, id))
    .returning({ kind: reviewSources.kind });
  if (source) await readNext(tx, id, later(now, EVERY_MS[source.kind]));
}

/** It cannot be read just now; the next walk that comes to its end takes this back. */
export async function noteTrouble(tx: Tx, id: string, errorKey: string): Promise<void> {
  await tx.update(reviewSources).set({ errorKey }).where(eq(reviewSources.id, id));
}

/**
 * A walk has failed for good: the next one is due later each time. Without an error it was called off, which
 * is no failure; nor is one of somebody who has only waited for another's walk.
 */
export async function failWalk(
  tx: Tx,
  { id, by, errorKey }: { id: string; by: string; errorKey: string | null },
  now: Date,
): Promise<void> {
  const isTheirs = and(
    eq(reviewSources.id, id),
    or(isNull(reviewSources.walkedBy), eq(reviewSources.walkedBy, by)),
  );
  const free = { walkedBy: null, walkingUntil: null };
  const failed = errorKey && { failures: sql`${reviewSources.failures} + 1`, errorKey };
  const [source] = await tx
    .update(reviewSources)
    .set({ ...free, ...failed })
    .where(isTheirs)
    .returning({ failures: reviewSources.failures });
  if (!source || !failed) return;
  const waitMs = FIRST_RETRY_MS * 2 ** Math.min(source.failures - 1, 10);
  await readNext(tx, id, later(now, Math.min(waitMs, DAY)));
}

/** It was asked for: nobody else asks for it so soon. */
export async function holdNext(tx: Tx, id: string, now: Date): Promise<void> {
  const until = sql`${later(now, LEASE_MS).toISOString()}::timestamptz`;
  await tx
    .update(reviewSources)
    .set({ nextReadAt: sql`greatest(${reviewSources.nextReadAt}, ${until})` })
    .where(eq(reviewSources.id, id));
}

export async function readNext(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(reviewSources).set({ nextReadAt: at }).where(eq(reviewSources.id, id));
}
