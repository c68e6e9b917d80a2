import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { NoticeKind } from "@/lib/notices/model";
import type { TellingAccess } from "./access";
import { type Chat, freeChats, takeChat } from "./chat-queries";
import { newsAmong, type Standing } from "./news-queries";
import { firstMessage, nextIn } from "./next-message";
import { quietUntil } from "./quiet-rules";
import { change, delay, SILENT, sendOff, type Telling } from "./sending-queries";
import { type Digest, isWanted } from "./topic-model";
import type { Told } from "./words";

/** Longer than one exchange with Telegram may take. */
const LEASE_MS = MINUTE;
const MOST_ATTEMPTS = 10;
/** Two seconds' worth are looked up together. */
const MOST_CHATS = 50;

/** A message that is on its way until the lease is over. */
export type Taken = { chat: Chat; told: [Told, ...Told[]]; rows: Telling[]; leaseUntil: Date };

/** The next message of all, sent off. `chats` were free a moment ago, in their turn. Null: none may be written to. */
export async function takeMessage(
  { db, clock }: Pick<TellingAccess, "db" | "clock">,
  chats: string[],
): Promise<Taken | null> {
  for (;;) {
    const userId = chats.shift();
    if (userId === undefined) {
      chats.push(...(await freeChats(db, MOST_CHATS, clock())));
      if (chats.length === 0) return null;
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
  const rows = firstMessage(await withoutEnded(tx, due, (one) => endOf(one, chat, news)));
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

/** Why something is told no more. */
const ends = {
  over: { state: "dropped", trouble: "over" },
  off: { state: "dropped", trouble: "off" },
  attempts: { state: "failed", trouble: "attempts" },
} as const;
type End = keyof typeof ends;

function endOf(
  { id, kind, attempts, trouble }: Telling,
  { off }: Chat,
  news: Map<string, Standing>,
): End | null {
  if (!news.has(id)) return "over";
  if (!isWanted(kind as NoticeKind | Digest, off ?? [])) return "off";
  // Silence of Telegram is no fault of what is told: that waits until it is stale.
  return attempts >= MOST_ATTEMPTS && trouble !== SILENT ? "attempts" : null;
}

async function withoutEnded(
  tx: Tx,
  due: readonly Telling[],
  ended: (telling: Telling) => End | null,
): Promise<Telling[]> {
  for (const end of Object.keys(ends) as End[]) {
    const ids = due.filter((telling) => ended(telling) === end).map(({ id }) => id);
    await change(tx, ids, { ...ends[end], leaseUntil: null });
  }
  return due.filter((telling) => ended(telling) === null);
}
