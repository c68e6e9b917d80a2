import { randomUUID } from "node:crypto";
import { and, eq, gt, or, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { loginFailures } from "@/lib/db/schema/workspace";

type Kind = (typeof loginFailures.$inferSelect)["kind"];
type Limit = {
  windowMs: number;
  together: number;
  byAccount: number;
  byAddress: number;
  /** Of everybody together: each is work for later, and addresses are cheap. */
  inAll?: number;
};

const limits: Record<Kind, Limit> = {
  /** Far more by account: a stranger who fails on purpose must not shut the person out. */
  password: { windowMs: 15 * MINUTE, together: 10, byAccount: 100, byAddress: 50 },
  /** Three in a million are right: twenty a day leave a guesser years. Recovery codes stay open. */
  code: { windowMs: DAY, together: 20, byAccount: 20, byAddress: Number.POSITIVE_INFINITY },
  reset: { windowMs: HOUR, together: 5, byAccount: 20, byAddress: 30, inAll: 300 },
};

/** Any number, as long as no other lock has it. */
const LOGIN_LOCK = 3_852_048;

const INSIDE = "user:";

/** In place of an address, for somebody who is logged in and proves once more who they are. */
export const insideOf = (userId: string) => `${INSIDE}${userId}`;

export type Attempt = { kind: Kind; account: string; address: string };

const ofKind = (kind: Kind) => eq(loginFailures.kind, kind);

/**
 * Notes the attempt as a failure before what was typed is looked at, one attempt at a time: however
 * many come at once, no more than the limits allow get that far. Returns what to take back.
 */
export async function noteAttempt(tx: Tx, attempt: Attempt, now: Date): Promise<string> {
  const { kind, account, address } = attempt;
  // A flood is turned away by a look, and holds up nobody who waits for the lock.
  await refuseTooMany(tx, attempt, now);
  return tx.transaction(async (inner) => {
    await lockCounters(inner, attempt);
    await refuseTooMany(inner, attempt, now);
    const id = randomUUID();
    await inner.insert(loginFailures).values({ id, kind, email: account, address, at: now });
    return id;
  });
}

/** One after another are only those who count together; where all do, all. Always in one order. */
async function lockCounters(tx: Tx, { kind, account, address }: Attempt): Promise<void> {
  const counters = limits[kind].inAll === undefined ? [account, address] : [kind];
  const keys = counters.map((counter) => sql`(hashtext(${counter}))`);
  await tx.execute(sql`
    select pg_advisory_xact_lock(${LOGIN_LOCK}, key) from (
      select distinct key from (values ${sql.join(keys, sql`, `)}) given (key) order by key
    ) counters`);
}

/** Throws `rate_limited` with the time until the oldest failure is forgotten. */
async function refuseTooMany(tx: Tx, { kind, account, address }: Attempt, now: Date) {
  const { windowMs, together, byAccount, byAddress, inAll } = limits[kind];
  const recent = and(ofKind(kind), gt(loginFailures.at, later(now, -windowMs)));
  const mine = eq(loginFailures.email, account);
  const here = eq(loginFailures.address, address);
  const counted = (which: SQL) => sql<number>`count(*) filter (where ${which})::int`;
  const [failures] = await tx
    .select({
      together: counted(sql`${mine} and ${here}`),
      byAccount: counted(mine),
      byAddress: counted(here),
      oldest: sql<string>`min(${loginFailures.at})`,
    })
    .from(loginFailures)
    .where(and(recent, or(mine, here)));
  if (!failures) return;
  const isTooMany =
    failures.together >= together ||
    // Whoever is in already is not shut out by strangers who fail on purpose.
    (failures.byAccount >= byAccount && !address.startsWith(INSIDE)) ||
    failures.byAddress >= byAddress;
  if (isTooMany) throw tooMany(new Date(failures.oldest).getTime() + windowMs - now.getTime());
  if (inAll !== undefined && (await tx.$count(loginFailures, recent)) >= inAll)
    throw tooMany(windowMs);
}

const tooMany = (retryAfterMs: number) =>
  new AppError("rate_limited", "too_many_logins", { retryAfterMs });

/** It was right after all. */
export async function takeBack(tx: Tx, attemptId: string): Promise<void> {
  await tx.delete(loginFailures).where(eq(loginFailures.id, attemptId));
}

/** Whose account an attempt was about, while it is kept. */
export async function accountOfAttempt(tx: Tx, attemptId: string): Promise<string | null> {
  const [attempt] = await tx
    .select({ account: loginFailures.email })
    .from(loginFailures)
    .where(eq(loginFailures.id, attemptId));
  return attempt?.account ?? null;
}

/** The longest that any attempt counts. */
export const LONGEST_WINDOW_MS = Math.max(...Object.values(limits).map((one) => one.windowMs));
