import { and, eq, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { apiKeys, keyFailures } from "@/lib/db/schema/api-keys";

/** One in so many milliseconds, and so many at once by whoever has waited. */
export type Pace = { everyMs: number; burst: number };

const PER_SECOND = 20;
/** A second's worth is saved, and another. */
export const paceOf = (perSecond: number | null): Pace => {
  const each = perSecond ?? PER_SECOND;
  return { everyMs: Math.max(1, Math.floor(SECOND / each)), burst: 2 * each };
};

const ofFailures: Pace = { everyMs: 6 * SECOND, burst: 30 };

const headStart = ({ everyMs, burst }: Pace) => (burst - 1) * everyMs;

/** What the column says when one more is let through, and whether it is. */
function paced(column: PgColumn, now: Date, pace: Pace): { next: SQL<Date>; isFree: SQL } {
  const from = sql`greatest(${column}, ${now.toISOString()}::timestamptz)`;
  const free = later(now, headStart(pace)).toISOString();
  return {
    next: sql`${from} + ${pace.everyMs} * interval '1 millisecond'`,
    isFree: sql`${from} <= ${free}::timestamptz`,
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
  const until = key?.pacedUntil?.getTime() ?? 0;
  return Math.max(1, until - headStart(pace) - now.getTime());
}

/** Notes that the key is used, at most once a minute. */
export async function noteUse(db: Db, keyId: string, now: Date): Promise<void> {
  const isOlder = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, later(now, -MINUTE)));
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, keyId), isOlder));
}

/** Counts a key that opens nothing. Zero: it may be told so; else how many milliseconds its address must wait. */
export async function countFailure(db: Db, address: string, now: Date): Promise<number> {
  const { next, isFree } = paced(keyFailures.pacedUntil, now, ofFailures);
  const noted = await db
    .insert(keyFailures)
    .values({ address, pacedUntil: later(now, ofFailures.everyMs) })
    .onConflictDoUpdate({
      target: keyFailures.address,
      set: { pacedUntil: next },
      setWhere: isFree,
    })
    .returning({ address: keyFailures.address });
  return noted.length > 0 ? 0 : ofFailures.everyMs;
}
