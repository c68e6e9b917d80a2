import { and, eq, gt, lt } from "drizzle-orm";
import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { loginBreaks, loginLeases } from "@/lib/db/schema/logins";
import type { LoginBreak } from "./model";

/** A login can hang this long (browser included) before another process may try. */
export const LOGIN_LEASE_MS = 3 * MINUTE;

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

/** Until when Kaspi wants no login of this name, if it does now. */
export async function breakOfLogin(tx: Tx, login: string, now: Date): Promise<LoginBreak | null> {
  const [pause] = await tx
    .select({ by: loginBreaks.by, until: loginBreaks.until })
    .from(loginBreaks)
    .where(and(eq(loginBreaks.login, login), gt(loginBreaks.until, now)));
  return pause ?? null;
}

/** Kaspi wants no login of this name for a while, whoever asks. */
export async function blockLogin(tx: Tx, login: string, pause: LoginBreak): Promise<void> {
  await tx
    .insert(loginBreaks)
    .values({ login, ...pause })
    .onConflictDoUpdate({ target: loginBreaks.login, set: pause });
}

/** Deletes breaks and leases that ended before `before`. */
export async function forgetBreaks(tx: Tx, before: Date): Promise<void> {
  await tx.delete(loginBreaks).where(lt(loginBreaks.until, before));
  await tx.delete(loginLeases).where(lt(loginLeases.until, before));
}

export async function unblockLogin(tx: Tx, login: string): Promise<void> {
  await tx.delete(loginBreaks).where(eq(loginBreaks.login, login));
}
