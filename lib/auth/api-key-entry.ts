import { and, eq, exists, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { apiKeys, keyFailures } from "@/lib/db/schema/api-keys";
import { users } from "@/lib/db/schema/workspace";
import { isApiKey } from "./api-key";
import type { ApiScope } from "./api-key-scope-model";
import type { Caller } from "./model";
import { hashOf } from "./one-time-token";
import { findActiveUser } from "./users";

/** One in so many milliseconds, and so many at once by whoever has waited. */
type Pace = { everyMs: number; burst: number };

const ofKey: Pace = { everyMs: SECOND / 20, burst: 40 };
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

const rateLimited = (retryAfterMs: number) =>
  new AppError("rate_limited", "rate_limited", { retryAfterMs });

export type Entered = { caller: Caller; keyId: string; scopes: ApiScope[] };

/**
 * Who shows the key. One that is wrong, revoked, past its time or a blocked person's is all the same:
 * `unauthorized`. Throws `rate_limited` when the key is used too fast, and when the address shows
 * too many keys that open nothing; a key that opens is let through from there all the same.
 */
export async function enterByKey(
  db: Db,
  { key, address }: { key: string; address: string },
  now: Date,
): Promise<Entered> {
  const taken = isApiKey(key) ? await takeKey(db, hashOf(key), now) : null;
  const caller = taken && (await findActiveUser(db, taken.userId));
  if (caller) return { caller, keyId: taken.id, scopes: taken.scopes };
  await noteFailure(db, address, now);
  throw new AppError("unauthorized", "key_refused");
}

/** One statement finds the key, asks whether it still counts, keeps its pace and notes its use. */
async function takeKey(db: Db, keyHash: string, now: Date) {
  const { next, isFree } = paced(apiKeys.pacedUntil, now, ofKey);
  const lately = later(now, -MINUTE).toISOString();
  const person = db
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.id, apiKeys.userId), users.isActive));
  const counts = and(
    eq(apiKeys.keyHash, keyHash),
    isNull(apiKeys.revokedAt),
    or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
    exists(person),
  );
  const [taken] = await db
    .update(apiKeys)
    .set({
      pacedUntil: next,
      lastUsedAt: sql`case when ${apiKeys.lastUsedAt} > ${lately}::timestamptz
        then ${apiKeys.lastUsedAt} else ${now.toISOString()}::timestamptz end`,
    })
    .where(and(counts, isFree))
    .returning({ id: apiKeys.id, userId: apiKeys.userId, scopes: apiKeys.scopes });
  if (taken) return taken;
  const [tooFast] = await db.select({ pacedUntil: apiKeys.pacedUntil }).from(apiKeys).where(counts);
  if (!tooFast) return null;
  const until = tooFast.pacedUntil?.getTime() ?? 0;
  throw rateLimited(Math.max(1, until - headStart(ofKey) - now.getTime()));
}

async function noteFailure(db: Db, address: string, now: Date): Promise<void> {
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
  if (noted.length === 0) throw rateLimited(ofFailures.everyMs);
}
