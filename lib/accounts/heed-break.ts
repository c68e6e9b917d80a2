import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { isClosedForGood, judgeEnd, type Setback } from "./break-rules";
import { breakError } from "./login-outcome";
import { lastBreak, unblockLogin } from "./login-queries";
import type { LoginBreak, ReauthReason } from "./model";
import { accountById, type KaspiAccount, type StoredSession, storedSession } from "./queries";
import { markNeedsReauth, markSetBack, markWaiting } from "./standing-queries";

/**
 * Throws while this login is left alone. When the dead session was closed to us rather than outlived, a
 * break begins, longer each time; after many in a row `needs_reauth`. Returns when a login may be tried.
 */
export async function heedBreak(
  access: KaspiAccess,
  account: KaspiAccount,
  dead: StoredSession | null,
): Promise<void> {
  const { db, clock } = access;
  const now = clock();
  const before = await lastBreak(db, account.login);
  if (before && before.until > now) {
    if (account.session !== "waiting")
      await db.transaction((tx) => markWaiting(tx, account, before, now));
    throw breakError(before, now);
  }
  const end = dead && judgeEnd(dead, before, now);
  if (end === "outlived") await unblockLogin(db, account.login);
  if (end !== "closed") return;
  const pause = await setBack(access, account, { by: "closed", askedMs: null });
  if (isClosedForGood(pause)) await giveUp(access, account, "session_closed");
  throw breakError(pause, now);
}

/** A session that was refused as soon as it was opened. */
export async function noteClosed(
  access: KaspiAccess,
  accountId: string,
  closed: StoredSession,
): Promise<void> {
  const saved = await storedSession(access.db, accountId);
  if (saved?.savedAt.getTime() !== closed.savedAt.getTime()) return;
  await heedBreak(access, await accountById(access.db, accountId), saved);
}

export function setBack(
  { db, clock }: KaspiAccess,
  account: KaspiAccount,
  setback: Setback,
): Promise<LoginBreak> {
  return db.transaction((tx) => markSetBack(tx, account, setback, clock()));
}

/** Only a person can help. */
export async function giveUp(
  { db, clock }: KaspiAccess,
  account: KaspiAccount,
  reason: ReauthReason,
): Promise<never> {
  await db.transaction((tx) => markNeedsReauth(tx, account, reason, clock()));
  throw new AppError("needs_reauth", `reauth_${reason}`);
}
