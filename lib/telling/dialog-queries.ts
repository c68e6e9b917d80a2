import { and, eq, sql } from "drizzle-orm";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { telegramDialogs as dialogs, telegramLinks as links } from "@/lib/db/schema/telegram";

export type Dialog = Pick<typeof dialogs.$inferSelect, "state" | "updateId">;

/** Telegram counts its updates up, but begins anywhere after a week without any. */
const COUNTED_MS = 7 * DAY;

const counted = (now: Date) =>
  sql`${dialogs.updatedAt} >= ${later(now, -COUNTED_MS).toISOString()}::timestamptz`;

/**
 * Where somebody is in their talk with the bot, and the last update that was answered there; 0 when the next one
 * may have any number. Who has never talked is nowhere.
 */
export async function dialogOf(tx: Tx, telegramId: number, now: Date): Promise<Dialog> {
  const [dialog] = await tx
    .select({
      state: dialogs.state,
      updateId: sql<number>`case when ${counted(now)} then ${dialogs.updateId} else 0 end`.mapWith(
        dialogs.updateId,
      ),
    })
    .from(dialogs)
    .where(eq(dialogs.telegramId, telegramId));
  return dialog ?? { state: {}, updateId: 0 };
}

/**
 * Keeps where the talk is after an update: false when what came of it, or of a later one, was kept before. Another
 * bot counts its updates from elsewhere: `bot` of the state says which one it is. Who
 * writes has not blocked the bot, or no longer.
 */
export async function keepDialog(
  tx: Tx,
  { telegramId, state, updateId }: Dialog & { telegramId: number },
  now: Date,
): Promise<boolean> {
  const [kept] = await tx
    .insert(dialogs)
    .values({ telegramId, state, updateId, updatedAt: now })
    .onConflictDoUpdate({
      target: dialogs.telegramId,
      set: { state, updateId, updatedAt: now },
      setWhere: sql`${dialogs.updateId} < ${updateId} or not (${counted(now)})
        or ${dialogs.state} ->> 'bot' is distinct from ${JSON.stringify(state)}::jsonb ->> 'bot'`,
    })
    .returning({ telegramId: dialogs.telegramId });
  if (!kept) return false;
  await tx
    .update(links)
    .set({ blockedAt: null })
    .where(and(eq(links.telegramId, telegramId), sql`${links.blockedAt} is not null`));
  return true;
}
