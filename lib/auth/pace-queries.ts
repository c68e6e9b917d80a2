import { and, eq, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { apiKeys, paces } from "@/lib/db/schema/api-keys";

/** One in so many milliseconds, and so many at once by whoever has waited. */
export type Pace = { everyMs: number; burst: number };

const PER_SECOND = 20;
/** A second's worth is saved, and another. */
export const paceOf = (perSecond: number | null): Pace => {
  const each = perSecond ?? PER_SECOND;
  return { everyMs: SECOND / each, burst: 2 * each };
};

const headStart = ({ everyMs, burst }: Pace) => (burst - 1) * everyMs;

const span = (milliseconds: number) => sql`${milliseconds}::float8 * interval '1 millisecond'`;

/** What the column says when one more is let through, and whether it is. */
function paced(column: PgColumn, now: Date, pace: Pace): { next: SQL<Date>; isFree: SQL } {
  const at = sql`${now.toISOString()}::timestamptz`;
  const from = sql`greatest(${column}, ${at})`;
  return {
    next: sql`${from} + ${span(pace.everyMs)}`,
    isFree: sql`${from} <= ${at} + ${span(headStart(pace))}`,
  };
}

const usedLately = (now: Date) => sql`case
  when ${apiKeys.lastUsedAt} > ${later(now, -MINUTE).toISOString()}::timestamptz
  then ${apiKeys.lastUsedAt} else ${now.toISOString()}::timestamptz end`;

/** Counts one request of the key and notes its use. Zero: it goes; else how many milliseconds it is too early. */
export async function takeTurn(db: Db, keyId: string, pace: Pace, now: Date): Promise<number> {
  const { next, isFree } = paced(apiKeys.pacedUntil, now, pace);
  const [taken] = await db
    .update(apiKeys)
    .set({ pacedUntil: next, lastUsedAt: usedLately(now) })
    .where(and(eq(apiKeys.id, keyId), isFree))
    .returning({ id: apiKeys.id });
  if (taken) return 0;
  const [key] = await db
    .select({ pacedUntil: apiKeys.pacedUntil })
    .from(apiKeys)
    .where(eq(apiKeys.id, keyId));
  return tooEarlyMs(key?.pacedUntil, pace, now);
}

const tooEarlyMs = (until: Date | null | undefined, pace: Pace, now: Date) =>
  Math.max(1, (until?.getTime() ?? 0) - headStart(pace) - now.getTime());

/** Notes that the key is used, at most once a minute. */
export async function noteUse(db: Db, keyId: string, now: Date): Promise<void> {
  const isOlder = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, later(now, -MINUTE)));
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, keyId), isOlder));
}

/**
 * Counts one more of what somebody does, in every process together. Zero: it goes; else how many
 * milliseconds it is too early.
 */
export async function keepTo(tx: Tx, who: string, pace: Pace, now: Date): Promise<number> {
  const { next, isFree } = paced(paces.pacedUntil, now, pace);
  const [counted] = await tx
    .insert(paces)
    .values({ who, pacedUntil: later(now, pace.everyMs) })
    .onConflictDoUpdate({ target: paces.who, set: { pacedUntil: next }, setWhere: isFree })
    .returning({ who: paces.who });
  if (counted) return 0;
  const [ahead] = await tx
    .select({ pacedUntil: paces.pacedUntil })
    .from(paces)
    .where(eq(paces.who, who));
  return tooEarlyMs(ahead?.pacedUntil, pace, now);
}
