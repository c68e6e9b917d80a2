import { and, eq, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { telegramDialogs as dialogs, telegramLinks as links } from "@/lib/db/schema/telegram";

export type Dialog = Pick<typeof dialogs.$inferSelect, "state" | "updateId">;

/** Telegram counts its updates up, but begins anywhere after a week without any. */
const COUNTED_MS = 7 * DAY;

/** Where somebody is in their talk with the bot; who has never talked is nowhere. */
export async function dialogOf(tx: Tx, telegramId: number): Promise<Dialog> {
  const [dialog] = await tx
    .select({ state: dialogs.state, updateId: dialogs.updateId })
    .from(dialogs)
    .where(eq(dialogs.telegramId, telegramId));
  return dialog ?? { state: {}, updateId: 0 };
}

/**
 * Takes an update for oneself, with what is known of the talk so far: false when it, or a later one, was taken
 * before. Who writes has not blocked the bot, or no longer.
 */
export async function takeUpdate(
  tx: Tx,
  { telegramId, state, updateId }: Dialog & { telegramId: number },
  now: Date,
): Promise<boolean> {
  const [taken] = await tx
    .insert(dialogs)
    .values({ telegramId, state, updateId, updatedAt: now })
    .onConflictDoUpdate({
      target: dialogs.telegramId,
      set: { state, updateId, updatedAt: now },
      setWhere: sql`${dialogs.updateId} < ${updateId}
        or ${dialogs.updatedAt} < ${later(now, -COUNTED_MS).toISOString()}::timestamptz`,
    })
    .returning({ telegramId: dialogs.telegramId });
  if (!taken) return false;
  await tx
    .update(links)
    .set({ blockedAt: null })
    .where(and(eq(links.telegramId, telegramId), sql`${links.blockedAt} is not null`));
  return true;
}

/** Keeps what became of an update that was taken: false when a later one has been taken since. */
export async function keepState(
  tx: Tx,
  { telegramId, state, updateId }: Dialog & { telegramId: number },
  now: Date,
): Promise<boolean> {
  const kept = await tx
    .update(dialogs)
    .set({ state, updatedAt: now })
    .where(and(eq(dialogs.telegramId, telegramId), eq(dialogs.updateId, updateId)))
    .returning({ telegramId: dialogs.telegramId });
  return kept.length > 0;
}
