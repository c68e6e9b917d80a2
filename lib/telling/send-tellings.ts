import { AppError, isAppError } from "@/lib/core/errors";
import { DAY, HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { log } from "@/lib/log";
import type { NoticeKind } from "@/lib/notices/model";
import type { Words } from "@/lib/telegram/client";
import type { TellingAccess } from "./access";
import { dropWaiting, updateLink } from "./link-queries";
import { newsAmong } from "./news-queries";
import { firstMessage, nextIn } from "./next-message";
import { quietUntil } from "./quiet-rules";
import {
  type Chat,
  change,
  delay,
  dropStale,
  freeChats,
  restChat,
  sendOff,
  settle,
  soonestFree,
  type Telling,
  takeChat,
  triedInVain,
} from "./sending-queries";
import { holdAll, nextSlot } from "./slot-queries";
import { type Digest, isWanted } from "./topic-model";
import { messageOf, type Told } from "./words";

/** Of the thirty that Telegram takes a second, five are left to the bot's answers. */
const EVERY_MS = SECOND / 25;
const CHAT_MS = SECOND;
/** Longer than one exchange with Telegram may take. */
const LEASE_MS = MINUTE;
const MOST_ATTEMPTS = 10;
const AT_ONCE = 8;
/** Two seconds' worth are looked up together. */
const MOST_CHATS = 50;
/** Others wait for the place meanwhile; what is left comes after them. */
const LONGEST_MS = 20 * SECOND;
/** Telegram is away: nothing is tried before. */
const REST_MS = 30 * SECOND;
/** Nobody knows whether it arrived: each try may be one message more, so they become rare. */
const LONGEST_REST_MS = 6 * HOUR;
const STALE_MS = 2 * DAY;

const SILENT = "telegram_silent";

export type Sent = { messages: number; goesOn: boolean };
type Options = { atOnce?: number; signal?: AbortSignal };
type Round = {
  until: Date;
  isOver: boolean;
  messages: number;
  /** Chats that were free a moment ago, in their turn. */
  chats: string[];
  signal: AbortSignal | undefined;
};

/**
 * Tells what is due, for as long as a step may be: at Telegram's pace in all and in a chat, over all processes,
 * in a chat in the order in which it happened. What was on its way when a process died is told again, and says
 * that it may be a second time. Returns whether something is left.
 */
export async function sendTellings(
  access: TellingAccess,
  { atOnce = AT_ONCE, signal }: Options = {},
): Promise<Sent> {
  if (!access.telegram) return { messages: 0, goesOn: false };
  const now = access.clock();
  await dropStale(access.db, later(now, -STALE_MS));
  const until = later(now, LONGEST_MS);
  const round: Round = { until, isOver: false, messages: 0, chats: [], signal };
  const left = await Promise.all(Array.from({ length: atOnce }, () => work(access, round)));
  return { messages: round.messages, goesOn: left.includes(true) };
}

/** One of those who send, until nothing is left or the step was long enough: true. */
async function work(access: TellingAccess, round: Round): Promise<boolean> {
  const { db, clock, sleep } = access;
  while (!round.isOver) {
    const slot = await nextSlot(db, EVERY_MS, { now: clock(), until: round.until });
    // Telegram has asked to wait longer than a step may be: the next minute's goes on.
    if (slot === null) return later(clock(), SECOND) > round.until;
    await sleep(Math.max(0, slot.getTime() - clock().getTime()), round.signal);
    round.signal?.throwIfAborted();
    // Taken when it leaves and not before: what is on its way when a process dies may be told twice.
    const taken = round.isOver ? null : await takeMessage(access, round);
    if (taken) await sendOne(access, round, taken);
    else if (!round.isOver) {
      if (!(await waited(access, round))) return false;
    }
  }
  return false;
}

/** Waits until a chat may be written to. False: none may in this round; what waits longer is the next minute's. */
async function waited(
  { db, clock, sleep }: TellingAccess,
  { until, signal }: Round,
): Promise<boolean> {
  const now = clock();
  const at = await soonestFree(db, now);
  if (at === null || at > until) return false;
  await sleep(Math.max(0, at.getTime() - now.getTime()), signal);
  return true;
}

type Taken = { chat: Chat; told: [Told, ...Told[]]; rows: Telling[]; leaseUntil: Date };

/** The next message of all, sent off. Null: no chat may be written to now. */
async function takeMessage({ db, clock }: TellingAccess, round: Round): Promise<Taken | null> {
  for (;;) {
    const userId = round.chats.shift();
    if (userId === undefined) {
      round.chats = await freeChats(db, MOST_CHATS, clock());
      if (round.chats.length === 0) return null;
    } else {
      const taken = await db.transaction((tx) => takeOne(tx, userId, clock()));
      if (taken) return taken;
    }
  }
}

/** Null: there is nothing to say in the chat, or not now. */
async function takeOne(tx: Tx, userId: string, now: Date): Promise<Taken | null> {
  const chat = await takeChat(tx, userId, now);
  if (!chat) return null;
  const calmUntil = quietUntil(now, chat, chat.timeZone);
  if (calmUntil > now) {
    await delay(tx, chat.userId, calmUntil);
    return null;
  }
  const due = await nextIn(tx, chat, now);
  const news = await newsAmong(tx, chat.caller, due);
  await giveUp(tx, due, ({ id }) => !news.has(id), { state: "dropped", trouble: "over" });
  const isOff = ({ id, kind }: Telling) =>
    news.has(id) && !isWanted(kind as NoticeKind | Digest, chat.off ?? []);
  await giveUp(tx, due, isOff, { state: "dropped", trouble: "off" });
  // Silence of Telegram is no fault of what is told: that waits until it is stale.
  const tried = ({ attempts, trouble }: Telling) => attempts >= MOST_ATTEMPTS && trouble !== SILENT;
  await giveUp(tx, due, (one) => news.has(one.id) && !isOff(one) && tried(one), {
    state: "failed",
    trouble: "attempts",
  });
  const isSaid = (telling: Telling) => news.has(telling.id) && !isOff(telling) && !tried(telling);
  const rows = firstMessage(due.filter(isSaid));
  const [first, ...others] = rows.map((telling) => ({
    ...telling,
    maybeSent: telling.maybeSent || telling.state === "sending",
    storeName: news.get(telling.id)?.storeName ?? null,
    mayAnswer: news.get(telling.id)?.mayAnswer ?? false,
  }));
  if (!first) return null;
  const leaseUntil = later(now, LEASE_MS);
  await sendOff(tx, chat, rows, leaseUntil);
  return { chat, told: [first, ...others], rows, leaseUntil };
}

async function giveUp(
  tx: Tx,
  due: readonly Telling[],
  which: (telling: Telling) => boolean,
  set: { state: "dropped" | "failed"; trouble: string },
): Promise<void> {
  const ids = due.filter(which).map(({ id }) => id);
  await change(tx, ids, { ...set, leaseUntil: null });
}

/** One message, and what came of it. */
async function sendOne(access: TellingAccess, round: Round, taken: Taken): Promise<void> {
  const { db, clock, telegram } = access;
  const { chat, told, rows, leaseUntil } = taken;
  try {
    const messageId = await telegram?.send(chat.telegramId, wordsFor(access, taken));
    round.messages += 1;
    await db.transaction(async (tx) => {
      const now = clock();
      const sent = { sentAt: now, messageId: messageId ?? null, trouble: null };
      if (await settle(tx, rows, leaseUntil, { state: "sent", ...sent }))
        await restChat(tx, chat.userId, later(now, CHAT_MS));
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.info({ telling: told[0].id, kind: error.kind }, "a telling was not taken");
    await db.transaction((tx) => noteFailure(tx, taken, error, round, clock()));
  }
}

/** What cannot be put in words is put away: it would only come back. */
function wordsFor({ officeUrl }: TellingAccess, { chat, told }: Taken): Words {
  const { locale } = chat.caller;
  try {
    return messageOf({ t: translator(locale), locale, timeZone: chat.timeZone, officeUrl }, told);
  } catch (error) {
    log.error({ err: error, telling: told[0].id }, "a telling cannot be said");
    throw new AppError("telegram_refused", "telegram_refused", { params: { said: "no words" } });
  }
}

/** What is refused is over; what Telegram did not take waits, in its place, for it to take some again. */
async function noteFailure(
  tx: Tx,
  { chat, rows, leaseUntil }: Taken,
  { kind, params, retryAfterMs = REST_MS }: AppError,
  round: Round,
  now: Date,
): Promise<void> {
  const said = String(params.said ?? kind);
  const waits = { state: "waiting" as const, trouble: kind };
  const rest = later(now, kind === "telegram_throttled" ? retryAfterMs : REST_MS);
  switch (kind) {
    case "telegram_blocked":
      await settle(tx, rows, leaseUntil, { state: "dropped", trouble: said });
      await updateLink(tx, chat.userId, { blockedAt: now });
      return dropWaiting(tx, chat.userId, "blocked");
    case "telegram_refused":
      await settle(tx, rows, leaseUntil, { state: "failed", trouble: said });
      return restChat(tx, chat.userId, later(now, CHAT_MS));
    case SILENT:
      await settle(tx, rows, leaseUntil, { ...waits, maybeSent: true });
      await restChat(tx, chat.userId, later(now, restAfter(rows)));
      break;
    default:
      await settle(tx, rows, leaseUntil, { ...waits, ...triedInVain });
      await restChat(tx, chat.userId, rest);
  }
  await holdAll(tx, rest);
  round.isOver = kind !== "telegram_throttled";
}

/** Half a minute, and twice as long after each try. */
function restAfter(rows: readonly Telling[]): number {
  const tries = Math.max(...rows.map(({ attempts }) => attempts));
  return Math.min(REST_MS * 2 ** tries, LONGEST_REST_MS);
}
