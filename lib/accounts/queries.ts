import { and, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, kaspiSessions, loginLeases, stores } from "@/lib/db/schema/kaspi";
import { workspace } from "@/lib/db/schema/workspace";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import type { LoginBreak, ReauthReason } from "./model";

export type KaspiAccount = typeof kaspiAccounts.$inferSelect;
export type StoredSession = { cookies: string; savedAt: Date };

/** A login can hang this long (browser included) before another process may try. */
const LOGIN_LEASE_MS = 3 * MINUTE;

export async function accountById(tx: Tx, id: string): Promise<KaspiAccount> {
  const [account] = await tx.select().from(kaspiAccounts).where(eq(kaspiAccounts.id, id));
  if (!account) throw new AppError("not_found", "account_gone");
  return account;
}

/** The caller's account of this login, if they have connected it before. */
export async function accountOfLogin(
  tx: Tx,
  userId: string,
  login: string,
): Promise<KaspiAccount | null> {
  const [account] = await tx
    .select()
    .from(kaspiAccounts)
    .where(and(eq(kaspiAccounts.userId, userId), eq(kaspiAccounts.login, login)));
  return account ?? null;
}

export async function storedSession(tx: Tx, accountId: string): Promise<StoredSession | null> {
  const [session] = await tx
    .select({ cookies: kaspiSessions.cookies, savedAt: kaspiSessions.savedAt })
    .from(kaspiSessions)
    .where(eq(kaspiSessions.accountId, accountId));
  return session ?? null;
}

/** The caller's row for this login, made when it is new. The password is already sealed. */
export async function upsertAccount(
  tx: Tx,
  userId: string,
  login: string,
  password: string,
): Promise<string> {
  const [account] = await tx
    .insert(kaspiAccounts)
    .values({ userId, login, password })
    .onConflictDoUpdate({
      target: [kaspiAccounts.userId, kaspiAccounts.login],
      set: { password },
    })
    .returning({ id: kaspiAccounts.id });
  if (!account) throw new Error("upsert of the account returned nothing");
  return account.id;
}

export async function saveSession(
  tx: Tx,
  accountId: string,
  session: { cookies: string; method: "direct" | "browser" },
  now: Date,
): Promise<void> {
  const values = { cookies: session.cookies, method: session.method, savedAt: now };
  await tx
    .insert(kaspiSessions)
    .values({ accountId, ...values })
    .onConflictDoUpdate({ target: kaspiSessions.accountId, set: values });
  await tx
    .update(kaspiAccounts)
    .set({
      session: "valid",
      reauthReason: null,
      lastLoginAt: now,
      lastCheckedAt: now,
      loginBlockedUntil: null,
      loginBlockedBy: null,
    })
    .where(eq(kaspiAccounts.id, accountId));
  await resolveSessionNotices(tx, accountId, now);
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
  await tx
    .update(kaspiAccounts)
    .set({ session: "valid", reauthReason: null, lastCheckedAt: now })
    .where(eq(kaspiAccounts.id, accountId));
  await resolveSessionNotices(tx, accountId, now);
}

async function resolveSessionNotices(tx: Tx, accountId: string, now: Date): Promise<void> {
  await resolveNotice(tx, "needs_reauth", accountId, now);
  await resolveNotice(tx, "login_address_refused", accountId, now);
}

/** The session has died and nobody is needed: it is renewed when Kaspi takes logins again. */
export async function markWaiting(tx: Tx, account: KaspiAccount, pause: LoginBreak): Promise<void> {
  await tx
    .update(kaspiAccounts)
    .set({ session: "waiting", loginBlockedUntil: pause.until, loginBlockedBy: pause.by })
    .where(eq(kaspiAccounts.id, account.id));
  if (pause.by === "flood") return;
  await raiseNotice(tx, {
    kind: "login_address_refused",
    about: account.id,
    severity: "warning",
    userId: account.userId,
    params: { login: account.login },
  });
}

/** A person is needed. Said loudly, once, until the login works again. */
export async function markNeedsReauth(
  tx: Tx,
  account: KaspiAccount,
  reason: ReauthReason,
  now: Date,
): Promise<void> {
  await tx
    .update(kaspiAccounts)
    .set({ session: "needs_reauth", reauthReason: reason, lastCheckedAt: now })
    .where(eq(kaspiAccounts.id, account.id));
  await resolveNotice(tx, "login_address_refused", account.id, now);
  await raiseNotice(tx, {
    kind: "needs_reauth",
    about: account.id,
    severity: "danger",
    userId: account.userId,
    params: { login: account.login, reason },
  });
}

/** The end of the lease taken, or null while somebody else is logging in. */
export async function takeLoginLease(tx: Tx, login: string, now: Date): Promise<Date | null> {
  const until = later(now, LOGIN_LEASE_MS);
  const taken = await tx
    .insert(loginLeases)
    .values({ login, until })
    .onConflictDoUpdate({
      target: loginLeases.login,
      set: { until },
      setWhere: lt(loginLeases.until, now),
    })
    .returning({ login: loginLeases.login });
  return taken.length > 0 ? until : null;
}

/** Nothing happens when the lease has run out and is somebody else's. */
export async function endLoginLease(tx: Tx, login: string, until: Date): Promise<void> {
  await tx
    .delete(loginLeases)
    .where(and(eq(loginLeases.login, login), eq(loginLeases.until, until)));
}

/** Kaspi wants no login for a while. */
export async function blockLogin(tx: Tx, accountId: string, pause: LoginBreak): Promise<void> {
  await tx
    .update(kaspiAccounts)
    .set({ loginBlockedUntil: pause.until, loginBlockedBy: pause.by })
    .where(eq(kaspiAccounts.id, accountId));
}

const slotColumns = { read: kaspiAccounts.nextReadSlotAt, write: kaspiAccounts.nextWriteSlotAt };

/** The login's next free read or write slot; all processes share the pace of the workspace's settings. */
export async function takeAccountSlot(
  tx: Tx,
  accountId: string,
  kind: "read" | "write",
  now: Date,
): Promise<Date> {
  const column = slotColumns[kind];
  const pace = kind === "read" ? workspace.cabinetReadsPerSecond : workspace.writesPerSecond;
  const gap = sql`(select make_interval(secs => 1 / ${pace}) from ${workspace})`;
  const next = sql`greatest(coalesce(${column}, ${now.toISOString()}), ${now.toISOString()}::timestamptz) + ${gap}`;
  const [row] = await tx
    .update(kaspiAccounts)
    .set(kind === "read" ? { nextReadSlotAt: next } : { nextWriteSlotAt: next })
    .where(eq(kaspiAccounts.id, accountId))
    .returning({ at: sql<string>`${column} - ${gap}` });
  if (!row) throw new AppError("not_found", "account_gone");
  return new Date(row.at);
}

/** Accounts with a store at work whose session has not been looked at for the set time. */
export async function accountsDueForCheck(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: kaspiAccounts.id })
    .from(kaspiAccounts)
    .innerJoin(
      stores,
      and(
        eq(stores.accountId, kaspiAccounts.id),
        eq(stores.isActive, true),
        isNull(stores.archivedAt),
      ),
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
