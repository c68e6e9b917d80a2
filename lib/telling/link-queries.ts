import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import {
  telegramLinks as links,
  tellings,
  telegramTokens as tokens,
} from "@/lib/db/schema/telegram";
import { users, workspace } from "@/lib/db/schema/workspace";

export type Link = typeof links.$inferSelect;
export type Token = typeof tokens.$inferSelect;

/** Whoever links or unlinks does it alone: an account is one person's, and a person has one. */
export async function lockLinking(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('telegram'), hashtext('links'))`);
}

/** The person's token from now on; what they had before opens nothing any more. */
export async function saveToken(
  tx: Tx,
  token: Pick<Token, "userId" | "tokenHash" | "createdAt" | "expiresAt">,
): Promise<void> {
  await tx
    .insert(tokens)
    .values(token)
    .onConflictDoUpdate({ target: tokens.userId, set: { ...token, usedAt: null, shownBy: null } });
}

/** Locked: of two who show it at once one comes second. */
export async function lockToken(tx: Tx, tokenHash: string): Promise<Token | null> {
  const [token] = await tx
    .select()
    .from(tokens)
    .where(eq(tokens.tokenHash, tokenHash))
    .for("update");
  return token ?? null;
}

export async function markToken(
  tx: Tx,
  { tokenHash }: Token,
  set: Partial<Pick<Token, "usedAt" | "shownBy">>,
): Promise<void> {
  await tx.update(tokens).set(set).where(eq(tokens.tokenHash, tokenHash));
}

/** The person's link and the account's, which may be two. */
export function linksOf(tx: Tx, userId: string, telegramId: number): Promise<Link[]> {
  const either = or(eq(links.userId, userId), eq(links.telegramId, telegramId));
  return tx.select().from(links).where(either).orderBy(links.userId);
}

export async function linkOf(tx: Tx, userId: string): Promise<Link | null> {
  const [link] = await tx.select().from(links).where(eq(links.userId, userId));
  return link ?? null;
}

type Made = Pick<Link, "userId" | "telegramId" | "username" | "linkedAt">;

/** A person who links the same account again has unblocked the bot, and stays as quiet as they were. */
export async function saveLink(tx: Tx, made: Made): Promise<void> {
  const { username, linkedAt } = made;
  await tx
    .insert(links)
    .values(made)
    .onConflictDoUpdate({
      target: links.userId,
      set: { username, linkedAt, blockedAt: null },
    });
}

export async function deleteLink(tx: Tx, userId: string): Promise<Link | null> {
  const [gone] = await tx.delete(links).where(eq(links.userId, userId)).returning();
  return gone ?? null;
}

export async function updateLink(
  tx: Tx,
  userId: string,
  set: Partial<Pick<Link, "mutedAt" | "blockedAt">>,
): Promise<void> {
  await tx.update(links).set(set).where(eq(links.userId, userId));
}

/** Nothing that waits for the person is told any more, nor what is on its way if it does not arrive. */
export async function dropWaiting(tx: Tx, userId: string, trouble: string): Promise<void> {
  await tx
    .update(tellings)
    .set({ state: "dropped", trouble })
    .where(and(eq(tellings.userId, userId), inArray(tellings.state, ["waiting", "sending"])));
}

export type TelegramUser = {
  id: string;
  name: string;
  locale: "ru" | "kk" | "en";
  timeZone: string;
  mutedAt: Date | null;
};

/** Whose account it is, with the clock they read; null when it is nobody's, or a blocked person's. */
export async function userOfAccount(tx: Tx, telegramId: number): Promise<TelegramUser | null> {
  const [user] = await tx
    .select({
      id: users.id,
      name: users.name,
      locale: users.locale,
      timeZone: sql<string>`coalesce(${users.timeZone}, ${workspace.timeZone})`,
      mutedAt: links.mutedAt,
    })
    .from(links)
    .innerJoin(users, eq(users.id, links.userId))
    .innerJoin(workspace, sql`true`)
    .where(and(eq(links.telegramId, telegramId), eq(users.isActive, true)));
  return user ?? null;
}
