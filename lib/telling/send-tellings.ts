import { DAY, later, SECOND } from "@/lib/core/time";
import type { TellingAccess } from "./access";
import { soonestFree } from "./chat-queries";
import { sendMessage } from "./send-message";
import { dropStale } from "./sending-queries";
import { nextSlot } from "./slot-queries";
import { type Taken, takeMessage } from "./take-message";

/** Of the thirty that Telegram takes a second, five are left to the bot's answers. */
const EVERY_MS = SECOND / 25;
const AT_ONCE = 8;
/** Others wait for the place meanwhile; what is left comes after them. */
const LONGEST_MS = 20 * SECOND;
const STALE_MS = 2 * DAY;

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
    const taken = round.isOver ? null : await takeMessage(access, round.chats);
    if (taken) await tell(access, round, taken);
    else if (!round.isOver && !(await waited(access, round))) return false;
  }
  return false;
}

async function tell(access: TellingAccess, round: Round, taken: Taken): Promise<void> {
  const came = await sendMessage(access, taken);
  if (came === "sent") round.messages += 1;
  if (came === "away") round.isOver = true;
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
