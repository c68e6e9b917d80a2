import { and, eq, isNull, sql } from "drizzle-orm";
import { loginLabel } from "@/lib/core/login-label";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts, stores } from "@/lib/db/schema/kaspi";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { earsOf, tell } from "@/lib/webhooks/tell";
import { isLong, type Setback } from "./break-rules";
import { blockLogin } from "./login-queries";
import type { LoginBreak, ReauthReason } from "./model";
import type { KaspiAccount } from "./queries";

/** Nobody has logged in since the account was read: else what it met with is about a session of the past. */
const isAsRead = ({ id, lastLoginAt }: KaspiAccount) =>
  and(
    eq(kaspiAccounts.id, id),
    sql`${kaspiAccounts.lastLoginAt} is not distinct from ${lastLoginAt?.toISOString() ?? null}::timestamptz`,
  );

/** One more setback: nobody is needed, the session is renewed when the break is over. */
export async function markSetBack(
  tx: Tx,
  account: KaspiAccount,
  setback: Setback,
  now: Date,
): Promise<LoginBreak> {
  // Who saves a session locks its account before its break, too.
  const { id } = kaspiAccounts;
  await tx.select({ id }).from(kaspiAccounts).where(eq(id, account.id)).for("no key update");
  const pause = await blockLogin(tx, account.login, setback, now);
  await markWaiting(tx, account, pause, now);
  return pause;
}

/** The session has died, and is renewed by itself after this break. */
export async function markWaiting(
  tx: Tx,
  account: KaspiAccount,
  pause: LoginBreak,
  now: Date,
): Promise<void> {
  const marked = await tx
    .update(kaspiAccounts)
    .set({ session: "waiting" })
    .where(isAsRead(account))
    .returning({ id: kaspiAccounts.id });
  if (marked.length === 0) return;
  const about = { about: account.id, severity: "warning", userId: account.userId } as const;
  if (pause.by === "address") {
    const params = aboutLogin(account);
    return raiseNotice(tx, { kind: "login_address_refused", ...about, params });
  }
  if (!isLong(pause, now)) return;
  await resolveNotice(tx, "login_address_refused", account.id, now);
  const params = { ...aboutLogin(account), by: pause.by };
  await raiseNotice(tx, { kind: "login_waits", ...about, params });
}

/** A person is needed. Said loudly, once, until the login works again. */
export async function markNeedsReauth(
  tx: Tx,
  account: KaspiAccount,
  reason: ReauthReason,
  now: Date,
): Promise<void> {
  const marked = await tx
    .update(kaspiAccounts)
    .set({ session: "needs_reauth", reauthReason: reason, lastCheckedAt: now })
    .where(isAsRead(account))
    .returning({ id: kaspiAccounts.id });
  if (marked.length === 0) return;
  await resolveWaits(tx, account.id, now);
  await raiseNotice(tx, {
    kind: "needs_reauth",
    about: account.id,
    severity: "danger",
    userId: account.userId,
    params: { ...aboutLogin(account), reason },
  });
  await tellOfReauth(tx, account, reason, now);
}

/** Programs hear of it once for each session, for each store of the login. */
async function tellOfReauth(
  tx: Tx,
  { id, lastLoginAt }: KaspiAccount,
  reason: ReauthReason,
  now: Date,
): Promise<void> {
  const shops = await tx
    .select({ storeId: stores.id })
    .from(stores)
    .where(and(eq(stores.accountId, id), isNull(stores.archivedAt)));
  const session = lastLoginAt?.toISOString() ?? "none";
  for (const { storeId } of shops) {
    const data = { store_id: storeId, reason, since: now.toISOString() };
    const ears = await earsOf(tx, "store.needs_reauth", storeId);
    await tell(tx, ears, "store.needs_reauth", [{ of: `${storeId}:${session}`, data }], now);
  }
}

/** Nothing is said of the login any more. */
export async function resolveStanding(tx: Tx, accountId: string, now: Date): Promise<void> {
  await resolveNotice(tx, "needs_reauth", accountId, now);
  await resolveWaits(tx, accountId, now);
}

async function resolveWaits(tx: Tx, accountId: string, now: Date): Promise<void> {
  await resolveNotice(tx, "login_address_refused", accountId, now);
  await resolveNotice(tx, "login_waits", accountId, now);
}

/** What a notice may say of a login, and where it leads. */
function aboutLogin({ id, login }: KaspiAccount): { login: string; account: string } {
  return { login: loginLabel(login), account: id };
}
