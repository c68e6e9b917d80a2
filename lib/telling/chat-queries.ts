import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { callerColumns } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import {
  telegramLinks as links,
  tellingSettings as settings,
  tellings,
} from "@/lib/db/schema/telegram";
import { users, workspace } from "@/lib/db/schema/workspace";

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
export const isDue = (now: Date) => {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`(${tellings.state} in ('waiting', 'sending') and (
    (${tellings.state} = 'waiting' and ${tellings.notBefore} <= ${at})
    or (${tellings.state} = 'sending' and ${tellings.leaseUntil} <= ${at})))`;
};

/** Whoever is told anything: works here, wants it and has not blocked the bot. */
export const isReached = and(
  eq(users.isActive, true),
  isNull(links.mutedAt),
  isNull(links.blockedAt),
);

const isFree = (now: Date) => and(or(isNull(links.nextAt), lte(links.nextAt, now)), isReached);

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

/** When the first of the chats that have something to hear may be written to; null when none has. */
export async function soonestFree(tx: Tx, now: Date): Promise<Date | null> {
  const [row] = await tx
    .select({
      at: sql<string | null>`min(coalesce(${links.nextAt}, ${now.toISOString()}::timestamptz))`,
    })
    .from(tellings)
    .innerJoin(links, eq(links.userId, tellings.userId))
    .innerJoin(users, eq(users.id, tellings.userId))
    .where(and(sql`${tellings.state} = 'waiting'`, lte(tellings.notBefore, now), isReached));
  return row?.at ? new Date(row.at) : null;
}
