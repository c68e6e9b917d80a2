import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { hashOf, newToken } from "@/lib/auth/one-time-token";
import { keepTo, type Pace } from "@/lib/auth/pace-queries";
import { findActiveUser } from "@/lib/auth/users";
import { AppError, isAppError } from "@/lib/core/errors";
import { later, MINUTE, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { log } from "@/lib/log";
import { currentOrigin } from "@/lib/log/origin";
import { raiseNotice } from "@/lib/notices/queries";
import type { TellingAccess } from "./access";
import { botName } from "./bot-name";
import {
  deleteLink,
  dropWaiting,
  type Link,
  linkOf,
  linksOf,
  lockLinking,
  lockToken,
  markToken,
  saveLink,
  saveToken,
  type Token,
  updateLink,
} from "./link-queries";

export const TOKEN_MS = 15 * MINUTE;
/** Tokens that are none, of one account. */
const ofGuesses: Pace = { everyMs: 30 * SECOND, burst: 10 };

type Access = Pick<TellingAccess, "db" | "clock">;
type WithTelegram = Pick<TellingAccess, "telegram">;
export type LinkToken = { token: string; url: string | null; expiresAt: Date };

/**
 * A one-time token with which the caller links a Telegram account within fifteen minutes; nobody can read it
 * again. `url` opens the bot with it; null while Telegram does not say what the bot is called. Throws
 * `telegram_off`.
 */
export async function askForLink(
  { db, clock, telegram }: Access & WithTelegram,
  caller: Caller,
): Promise<LinkToken> {
  const name = await botName(telegram);
  const token = newToken();
  const createdAt = clock();
  const expiresAt = later(createdAt, TOKEN_MS);
  await db.transaction(async (tx) => {
    await saveToken(tx, { userId: caller.id, tokenHash: hashOf(token), createdAt, expiresAt });
    await note(tx, caller.id, "telegram.link_asked", createdAt);
    if (currentOrigin()?.keyId) await tellOfKey(tx, caller, createdAt);
  });
  return { token, url: name && `https://t.me/${name}?start=${token}`, expiresAt };
}

/** A key showed no password, and what it links outlives it. */
function tellOfKey(tx: Tx, { id: userId }: Caller, renewedAt: Date): Promise<void> {
  const about = { kind: "telegram_by_key", about: userId, userId } as const;
  return raiseNotice(tx, { ...about, severity: "warning", renewedAt });
}

type Shown = { token: string; telegramId: number; username?: string | undefined; replace: boolean };

/**
 * Links the account that shows a token to whose token it is. The same again by the account that it has linked is
 * no error. Throws `token_wrong`, `token_late`, `token_used`, `rate_limited` for who guesses, and
 * `account_linked_elsewhere` while either of the two is linked otherwise: then that account may show it once more
 * and say to `replace` that. Whoever is replaced is told so where they were.
 */
export async function confirmLink(access: Access & WithTelegram, shown: Shown): Promise<Caller> {
  try {
    const { person, former, isAsked } = await access.db.transaction((tx) =>
      confirm(tx, shown, access.clock()),
    );
    if (isAsked) throw new AppError("account_linked_elsewhere");
    await sayGoodbye(access, person, former);
    return person;
  } catch (error) {
    if (!isAppError(error, "token_wrong")) throw error;
    const who = `wrong token ${shown.telegramId}`;
    const retryAfterMs = await keepTo(access.db, who, ofGuesses, access.clock());
    throw retryAfterMs > 0 ? new AppError("rate_limited", "rate_limited", { retryAfterMs }) : error;
  }
}

/** `isAsked`: nothing is linked yet, the account is asked whether it is to be in another's place. */
type Confirmed = { person: Caller; former: Link[]; isAsked: boolean };

async function confirm(tx: Tx, shown: Shown, now: Date): Promise<Confirmed> {
  const { telegramId, username = null, replace } = shown;
  await lockLinking(tx);
  const token = await lockToken(tx, hashOf(shown.token));
  const person = token && (await findActiveUser(tx, token.userId));
  if (!person) throw new AppError("token_wrong");
  const links = await linksOf(tx, person.id, telegramId);
  const isOurs = (link: Link) => link.userId === person.id && link.telegramId === telegramId;
  const wasAsked = token.shownBy === telegramId;
  if (token.usedAt && wasAsked && links.some(isOurs)) return { person, former: [], isAsked: false };
  requireFresh(token, now);
  const former = links.filter((link) => !isOurs(link));
  if (former.length > 0 && !(replace && wasAsked)) {
    await markToken(tx, token, { shownBy: telegramId });
    return { person, former: [], isAsked: true };
  }
  for (const link of former) await end(tx, link, now);
  await saveLink(tx, { userId: person.id, telegramId, username, linkedAt: now });
  await markToken(tx, token, { usedAt: now, shownBy: telegramId });
  const account = username ?? telegramId;
  await note(tx, person.id, "telegram.linked", now, { account });
  const left = former.filter(({ userId }) => userId === person.id);
  if (left.length > 0) await tellOfAnother(tx, person, account, now);
  return { person, former: left, isAsked: false };
}

/** Whoever has a stolen session may do this: the person learns of it in the office. */
function tellOfAnother(
  tx: Tx,
  { id: userId }: Caller,
  account: string | number,
  renewedAt: Date,
): Promise<void> {
  const about = { kind: "telegram_replaced", about: userId, userId } as const;
  return raiseNotice(tx, { ...about, severity: "warning", params: { account }, renewedAt });
}

/** Where the person was until now; whether it can be said there changes nothing. */
async function sayGoodbye(
  { telegram }: WithTelegram,
  { name, locale }: Caller,
  former: readonly Link[],
): Promise<void> {
  const text = translator(locale)("telling.replaced", { name });
  for (const { telegramId } of former) {
    try {
      await telegram?.send(telegramId, { text });
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.info({ kind: error.kind }, "a former account could not be told");
    }
  }
}

function requireFresh({ usedAt, expiresAt }: Token, now: Date): void {
  if (usedAt) throw new AppError("token_used");
  if (expiresAt <= now) throw new AppError("token_late");
}

async function end(tx: Tx, { userId, telegramId, username }: Link, now: Date): Promise<void> {
  await deleteLink(tx, userId);
  await dropWaiting(tx, userId, "unlinked");
  await note(tx, userId, "telegram.unlinked", now, { account: username ?? telegramId });
}

/** Throws `not_found` when there is none. */
export async function unlink({ db, clock }: Access, caller: Caller): Promise<void> {
  await db.transaction(async (tx) => {
    await lockLinking(tx);
    await end(tx, await requireLink(tx, caller), clock());
  });
}

/** No notices in Telegram until they are wanted again: what comes meanwhile is not told later. */
export async function setMuted(
  { db, clock }: Access,
  caller: Pick<Caller, "id">,
  muted: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockLinking(tx);
    const { mutedAt } = await requireLink(tx, caller);
    if ((mutedAt !== null) === muted) return;
    const now = clock();
    await updateLink(tx, caller.id, { mutedAt: muted ? now : null });
    if (muted) await dropWaiting(tx, caller.id, "muted");
    await note(tx, caller.id, muted ? "telegram.muted" : "telegram.unmuted", now);
  });
}

async function requireLink(tx: Tx, { id }: Pick<Caller, "id">): Promise<Link> {
  const link = await linkOf(tx, id);
  if (!link) throw new AppError("not_found", "telegram_not_linked");
  return link;
}

function note(
  tx: Tx,
  userId: string,
  action: Parameters<typeof audit>[1]["action"] & `telegram.${string}`,
  at: Date,
  details: Record<string, unknown> = {},
): Promise<void> {
  return audit(tx, { at, userId, subjectId: userId, action, details });
}
