import {
  and,
  asc,
  eq,
  gt,
  isNotNull,
  isNull,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import { AppError } from "@/lib/core/errors";
import { loginLabel } from "@/lib/core/login-label";
import type { Db, Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiLogins, kaspiSessions, stores } from "@/lib/db/schema/kaspi";
import { loginBreaks } from "@/lib/db/schema/logins";
import { workspace } from "@/lib/db/schema/workspace";
import { isAtWork } from "@/lib/exits/at-work-queries";
import { unblockLogin } from "./login-queries";
import type { OwnLogin } from "./model";
import { resolveStanding } from "./standing-queries";

export type KaspiAccount = typeof kaspiAccounts.$inferSelect;
export type StoredSession = { cookies: string; savedAt: Date; isRenewal: boolean };

export async function accountById(tx: Tx, id: string): Promise<KaspiAccount> {
  const [account] = await tx.select().from(kaspiAccounts).where(eq(kaspiAccounts.id, id));
  if (!account) throw new AppError("not_found", "account_gone");
  return account;
}

/** The person's account of this login, if they have connected it before. */
export async function accountIdOf(tx: Tx, userId: string, login: string): Promise<string | null> {
  const [account] = await tx
    .select({ id: kaspiAccounts.id })
    .from(kaspiAccounts)
    .where(and(eq(kaspiAccounts.userId, userId), eq(kaspiAccounts.login, login)))
    .orderBy(
      sql`exists (select 1 from ${stores} where ${stores.accountId} = ${kaspiAccounts.id}
      and ${stores.archivedAt} is null and not ${stores.officialOnly}) desc`,
      asc(kaspiAccounts.createdAt),
    )
    .limit(1);
  return account?.id ?? null;
}

/** A person's own logins, whole: they are theirs to enter again, and when Kaspi takes them again. */
export async function ownLogins(tx: Tx, userId: string, now: Date): Promise<OwnLogin[]> {
  const isFlooded = and(eq(loginBreaks.by, "flood"), gt(loginBreaks.until, now));
  const rows = await tx
    .select({
      accountId: kaspiAccounts.id,
      login: kaspiAccounts.login,
      until: loginBreaks.until,
    })
    .from(kaspiAccounts)
    .leftJoin(loginBreaks, and(eq(loginBreaks.login, kaspiAccounts.login), isFlooded))
    .where(eq(kaspiAccounts.userId, userId));
  return rows.map(({ until, ...own }) => ({
    ...own,
    waitMs: until === null ? 0 : until.getTime() - now.getTime(),
  }));
}

export async function storedSession(tx: Tx, accountId: string): Promise<StoredSession | null> {
  const [session] = await tx
    .select({
      cookies: kaspiSessions.cookies,
      savedAt: kaspiSessions.savedAt,
      isRenewal: kaspiSessions.isRenewal,
    })
    .from(kaspiSessions)
    .where(eq(kaspiSessions.accountId, accountId));
  return session ?? null;
}

/** The caller's row for this login, made when it is new. The password is already sealed, or not kept. */
export async function upsertAccount(
  tx: Tx,
  account: Pick<KaspiAccount, "userId" | "login" | "chosenMerchant" | "password">,
): Promise<string> {
  await tx.insert(kaspiLogins).values({ login: account.login }).onConflictDoNothing();
  const [row] = await tx
    .insert(kaspiAccounts)
    .values(account)
    .onConflictDoUpdate({
      target: [kaspiAccounts.userId, kaspiAccounts.login, kaspiAccounts.chosenMerchant],
      set: { password: account.password },
    })
    .returning({ id: kaspiAccounts.id });
  if (!row) throw new Error("upsert of the account returned nothing");
  return row.id;
}

type NewSession = { cookies: string; method: "direct" | "browser" };

/** A session opened by a person: whatever stood in the way of this login before is over. */
export async function saveSession(
  tx: Tx,
  accountId: string,
  session: NewSession,
  now: Date,
): Promise<void> {
  const isOf = eq(kaspiAccounts.id, accountId);
  const account = await keepSession(tx, isOf, { ...session, isRenewal: false }, now);
  if (!account) throw new AppError("not_found", "account_gone");
  await unblockLogin(tx, account.login);
}

/** Who saves a session locks its account first. Null: there is no such account. */
async function keepSession(
  tx: Tx,
  isOf: SQL | undefined,
  session: NewSession & { isRenewal: boolean },
  now: Date,
): Promise<{ login: string } | null> {
  const [account] = await tx
    .update(kaspiAccounts)
    .set({ session: "valid", reauthReason: null, lastLoginAt: now, lastCheckedAt: now })
    .where(isOf)
    .returning({ id: kaspiAccounts.id, login: kaspiAccounts.login });
  if (!account) return null;
  const values = { ...session, savedAt: now };
  await tx
    .insert(kaspiSessions)
    .values({ accountId: account.id, ...values })
    .onConflictDoUpdate({ target: kaspiSessions.accountId, set: values });
  await resolveStanding(tx, account.id, now);
  return account;
}

/**
 * The session of an account logged in to again by itself. What it has met with before is remembered.
 * Throws `not_found` when its person has meanwhile taken the password back, or the stores.
 */
export async function saveRenewed(
  db: Db,
  account: KaspiAccount,
  session: NewSession,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const isKept = and(eq(kaspiAccounts.id, account.id), isNotNull(kaspiAccounts.password));
    if (!(await keepSession(tx, isKept, { ...session, isRenewal: true }, now)))
      throw new AppError("not_found", "account_gone");
    const details = { login: loginLabel(account.login), method: session.method };
    await audit(tx, {
      at: now,
      userId: null,
      action: "account.renewed",
      subjectId: account.id,
      details,
    });
  });
}

/** Cookies Kaspi renewed on the way; only while the session is still the one they were taken from. */
export async function refreshCookies(
  tx: Tx,
  accountId: string,
  from: StoredSession,
  cookies: string,
): Promise<void> {
  await tx
    .update(kaspiSessions)
    .set({ cookies })
    .where(and(eq(kaspiSessions.accountId, accountId), eq(kaspiSessions.savedAt, from.savedAt)));
}

export async function markSessionAlive(tx: Tx, accountId: string, now: Date): Promise<void> {
  // Of a session that is closed as soon as it is opened one answer proves nothing: other calls may be refused.
  const isClosed = sql`${kaspiAccounts.session} = 'needs_reauth'
    and ${kaspiAccounts.reauthReason} = 'session_closed'`;
  const alive = await tx
    .update(kaspiAccounts)
    .set({ session: "valid", reauthReason: null, lastCheckedAt: now })
    .where(and(eq(kaspiAccounts.id, accountId), sql`(${isClosed}) is not true`))
    .returning({ id: kaspiAccounts.id });
  for (const { id } of alive) await resolveStanding(tx, id, now);
}

/** Nobody is called for a login of this person that has no store left, and nothing secret is kept of it. */
export async function forgetEmptyAccounts(tx: Tx, userId: string, now: Date): Promise<void> {
  const stillUsed = tx
    .select({ id: stores.accountId })
    .from(stores)
    .where(and(isNotNull(stores.accountId), isNull(stores.archivedAt)));
  const empty = await tx
    .select({ id: kaspiAccounts.id })
    .from(kaspiAccounts)
    .where(and(eq(kaspiAccounts.userId, userId), notInArray(kaspiAccounts.id, stillUsed)));
  for (const { id } of empty) {
    await tx
      .update(kaspiAccounts)
      .set({ password: null, session: "unknown", reauthReason: null })
      .where(eq(kaspiAccounts.id, id));
    await tx.delete(kaspiSessions).where(eq(kaspiSessions.accountId, id));
    await resolveStanding(tx, id, now);
  }
}

/** Accounts with a store at work whose session has not been looked at for the set time. */
export async function accountsDueForCheck(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: kaspiAccounts.id })
    .from(kaspiAccounts)
    .innerJoin(
      stores,
      and(eq(stores.accountId, kaspiAccounts.id), isAtWork, isNull(stores.archivedAt)),
    )
    .innerJoin(workspace, sql`true`)
    .where(
      or(
        isNull(kaspiAccounts.lastCheckedAt),
        eq(kaspiAccounts.session, "waiting"),
        lte(
          kaspiAccounts.lastCheckedAt,
          sql`${now.toISOString()}::timestamptz - make_interval(mins => ${workspace.sessionCheckEveryMinutes})`,
        ),
      ),
    );
  return rows.map((row) => row.id);
}
