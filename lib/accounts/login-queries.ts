import { and, eq, lt } from "drizzle-orm";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { loginBreaks, loginLeases } from "@/lib/db/schema/logins";
import { nextBreak, type Setback } from "./break-rules";
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

/** How long what a login has met with counts for the next break. */
const REMEMBERED_MS = 6 * HOUR;

const breakColumns = {
  by: loginBreaks.by,
  until: loginBreaks.until,
  times: loginBreaks.times,
};

/** The login's last break, be it over; null when nothing is remembered. */
export async function lastBreak(tx: Tx, login: string): Promise<LoginBreak | null> {
  const [pause] = await tx
    .select(breakColumns)
    .from(loginBreaks)
    .where(eq(loginBreaks.login, login));
  return pause ?? null;
}

/** Until when there is no login of this name, if that is ahead. */
export async function breakOfLogin(tx: Tx, login: string, now: Date): Promise<LoginBreak | null> {
  const pause = await lastBreak(tx, login);
  return pause && pause.until > now ? pause : null;
}

/**
 * Kaspi is left alone for a while: longer with each setback in a row, whoever asks. Of many who see one
 * session closed the first counts it.
 */
export async function blockLogin(
  tx: Tx,
  login: string,
  setback: Setback,
  now: Date,
): Promise<LoginBreak> {
  const [made] = await tx
    .insert(loginBreaks)
    .values({ login, ...nextBreak(null, setback, now) })
    .onConflictDoNothing()
    .returning(breakColumns);
  if (made) return made;
  const [before] = await tx
    .select(breakColumns)
    .from(loginBreaks)
    .where(eq(loginBreaks.login, login))
    .for("update");
  if (before && setback.by === "closed" && before.until > now) return before;
  const next = nextBreak(before ?? null, setback, now);
  await tx.update(loginBreaks).set(next).where(eq(loginBreaks.login, login));
  return next;
}

/** Deletes leases that ended before `before`, and breaks that are so old that nothing follows from them. */
export async function forgetBreaks(tx: Tx, before: Date): Promise<void> {
  await tx.delete(loginBreaks).where(lt(loginBreaks.until, later(before, -REMEMBERED_MS)));
  await tx.delete(loginLeases).where(lt(loginLeases.until, before));
}

export async function unblockLogin(tx: Tx, login: string): Promise<void> {
  await tx.delete(loginBreaks).where(eq(loginBreaks.login, login));
}
