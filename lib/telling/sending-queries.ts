import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { callerColumns } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import {
  telegramLinks as links,
  tellingSettings as settings,
  tellings,
} from "@/lib/db/schema/telegram";
import { users, workspace } from "@/lib/db/schema/workspace";

export type Telling = typeof tellings.$inferSelect;
/** A chat that may be written to now, and whose it is. */
export type Chat = {
  userId: string;
  telegramId: number;
  caller: Caller;
  timeZone: string;
  quietFrom: number | null;
  quietUntil: number | null;
  /** What they do not want to hear of; null: the usual. */
  off: string[] | null;
};

/** Waits for its time, or was on its way when whoever sent it died; written out, so that its index is found. */
const isDue = (now: Date) => {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`(${tellings.state} in ('waiting', 'sending') and (
    (${tellings.state} = 'waiting' and ${tellings.notBefore} <= ${at})
    or (${tellings.state} = 'sending' and ${tellings.leaseUntil} <= ${at})))`;
};

const isFree = (now: Date) =>
  and(
    or(isNull(links.nextAt), lte(links.nextAt, now)),
    isNull(links.blockedAt),
    isNull(links.mutedAt),
    eq(users.isActive, true),
  );

/** Whether anything could be told now. */
export async function anyDue(tx: Tx, now: Date): Promise<boolean> {
  const [one] = await tx
    .select({ id: tellings.id })
    .from(tellings)
    .innerJoin(links, eq(links.userId, tellings.userId))
    .innerJoin(users, eq(users.id, tellings.userId))
    .where(and(isDue(now), isFree(now)))
    .limit(1);
  return one !== undefined;
}

/** Whose chats may be written to now, those that have waited longest first. */
export async function freeChats(tx: Tx, most: number, now: Date): Promise<string[]> {
  const rows = await tx
    .select({ userId: tellings.userId })
    .from(tellings)
    .innerJoin(links, eq(links.userId, tellings.userId))
    .innerJoin(users, eq(users.id, tellings.userId))
    .where(and(isDue(now), isFree(now)))
    .groupBy(tellings.userId)
    .orderBy(sql`min(${tellings.notBefore})`, sql`min(${tellings.createdAt})`, tellings.userId)
    .limit(most);
  return rows.map(({ userId }) => userId);
}

/** The chat, locked: nobody else writes to it. Null when somebody does, or it may not be written to any more. */
export async function takeChat(tx: Tx, userId: string, now: Date): Promise<Chat | null> {
  const [person] = await tx
    .select({
      ...callerColumns,
      telegramId: links.telegramId,
      zone: sql<string>`coalesce(${users.timeZone}, ${workspace.timeZone})`,
      quietFrom: settings.quietFrom,
      quietUntil: settings.quietUntil,
      off: settings.off,
    })
    .from(links)
    .innerJoin(users, eq(users.id, links.userId))
    .innerJoin(workspace, sql`true`)
    .leftJoin(settings, eq(settings.userId, links.userId))
    .where(and(eq(links.userId, userId), isFree(now)))
    .for("update", { of: links, skipLocked: true });
  if (!person) return null;
  const { zone: timeZone, telegramId, quietFrom, quietUntil, off, ...caller } = person;
  return { userId, telegramId, caller, timeZone, quietFrom, quietUntil, off };
}

/** What is due in the chat, the oldest first. */
export function dueIn(tx: Tx, userId: string, most: number, now: Date): Promise<Telling[]> {
  return tx
    .select()
    .from(tellings)
    .where(and(eq(tellings.userId, userId), isDue(now)))
    .orderBy(asc(tellings.createdAt), asc(tellings.id))
    .limit(most)
    .for("update");
}

/** Nothing that waits in the chat is told before then. */
export async function delay(tx: Tx, userId: string, notBefore: Date): Promise<void> {
  await tx
    .update(tellings)
    .set({
      state: "waiting",
      notBefore,
      leaseUntil: null,
      maybeSent: sql`${tellings.maybeSent} or ${tellings.state} = 'sending'`,
    })
    .where(
      and(
        eq(tellings.userId, userId),
        inArray(tellings.state, ["waiting", "sending"]),
        or(eq(tellings.state, "sending"), lte(tellings.notBefore, notBefore)),
      ),
    );
}

/** When the first of the chats that have something to hear may be written to; null when none has. */
export async function soonestFree(tx: Tx, now: Date): Promise<Date | null> {
  const [row] = await tx
    .select({
      at: sql<string | null>`min(coalesce(${links.nextAt}, ${now.toISOString()}::timestamptz))`,
    })
    .from(tellings)
    .innerJoin(links, eq(links.userId, tellings.userId))
    .innerJoin(users, eq(users.id, tellings.userId))
    .where(
      and(
        sql`${tellings.state} = 'waiting'`,
        lte(tellings.notBefore, now),
        isNull(links.blockedAt),
        isNull(links.mutedAt),
        eq(users.isActive, true),
      ),
    );
  return row?.at ? new Date(row.at) : null;
}

type Change = Partial<
  Pick<
    Telling,
    "state" | "leaseUntil" | "maybeSent" | "messageId" | "sentAt" | "trouble" | "notBefore"
  >
>;

/** Telegram took nothing: it was no try. For the place of what is settled. */
export const triedInVain = { attempts: sql`greatest(${tellings.attempts} - 1, 0)` };

export async function change(tx: Tx, ids: readonly string[], set: Change): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(tellings)
      .set(set)
      .where(inArray(tellings.id, [...ids]));
}

/** They are on their way from now on, and nothing else goes to the chat until the lease is over. */
export async function sendOff(
  tx: Tx,
  { userId }: Chat,
  given: readonly Telling[],
  leaseUntil: Date,
): Promise<void> {
  const ids = given.map(({ id }) => id);
  await tx
    .update(tellings)
    .set({
      state: "sending",
      leaseUntil,
      attempts: sql`${tellings.attempts} + 1`,
      // On its way once before, and nobody has said what became of it.
      maybeSent: sql`${tellings.maybeSent} or ${tellings.state} = 'sending'`,
    })
    .where(inArray(tellings.id, ids));
  await restChat(tx, userId, leaseUntil);
}

/** Keeps what became of what was sent off, unless the lease was over and another has taken it. */
export async function settle(
  tx: Tx,
  given: readonly Telling[],
  leaseUntil: Date,
  set: Change & Partial<typeof triedInVain>,
): Promise<boolean> {
  const ids = given.map(({ id }) => id);
  const settled = await tx
    .update(tellings)
    .set({ leaseUntil: null, ...set })
    .where(
      and(
        inArray(tellings.id, ids),
        eq(tellings.state, "sending"),
        eq(tellings.leaseUntil, leaseUntil),
      ),
    )
    .returning({ id: tellings.id });
  return settled.length > 0;
}

export async function restChat(tx: Tx, userId: string, nextAt: Date): Promise<void> {
  await tx.update(links).set({ nextAt }).where(eq(links.userId, userId));
}

/** What nobody could be told for so long is no news any more. */
export async function dropStale(tx: Tx, before: Date): Promise<void> {
  await tx
    .update(tellings)
    .set({ state: "dropped", trouble: "stale" })
    .where(
      and(
        sql`(${tellings.state} = 'waiting'
          or ${tellings.state} = 'sending' and ${tellings.leaseUntil} <= ${before.toISOString()}::timestamptz)`,
        lte(tellings.notBefore, before),
      ),
    );
}
