import { eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { callerColumns } from "@/lib/auth/users";
import type { Tx } from "@/lib/db/client";
import { telegramLinks as links, tellingSettings as settings } from "@/lib/db/schema/telegram";
import { users, workspace } from "@/lib/db/schema/workspace";
import { isReached } from "./chat-queries";
import { type TellingSettings, usualSettings } from "./settings-model";
import { topics } from "./topic-model";

/** Somebody who hears of things in Telegram, how they want it, and the clock they read. */
export type Listener = { caller: Caller; timeZone: string; settings: TellingSettings };

const settingsColumns = {
  off: settings.off,
  quietFrom: settings.quietFrom,
  quietUntil: settings.quietUntil,
  remindMinutes: settings.remindMinutes,
  digestAt: settings.digestAt,
};

type Kept = { [K in keyof typeof settingsColumns]: (typeof settings.$inferSelect)[K] } | null;

/** Topics that the office has since forgotten are none. */
function toSettings(kept: Kept): TellingSettings {
  if (!kept) return usualSettings;
  const remindMinutes = kept.remindMinutes as TellingSettings["remindMinutes"];
  return { ...kept, remindMinutes, off: topics.filter((one) => kept.off.includes(one)) };
}

/** Active people with a linked account who want notices there now and can be reached. */
export async function listeners(tx: Tx): Promise<Listener[]> {
  const rows = await tx
    .select({
      ...callerColumns,
      zone: sql<string>`coalesce(${users.timeZone}, ${workspace.timeZone})`,
      kept: settingsColumns,
    })
    .from(links)
    .innerJoin(users, eq(users.id, links.userId))
    .innerJoin(workspace, sql`true`)
    .leftJoin(settings, eq(settings.userId, links.userId))
    .where(isReached)
    .orderBy(users.id);
  return rows.map(({ zone: timeZone, kept, ...caller }) => ({
    caller,
    timeZone,
    settings: toSettings(kept),
  }));
}

/** What somebody wants to hear; the usual for who has not chosen. */
export async function settingsOf(tx: Tx, userId: string): Promise<TellingSettings> {
  const [kept] = await tx.select(settingsColumns).from(settings).where(eq(settings.userId, userId));
  return toSettings(kept ?? null);
}

export async function saveSettings(
  tx: Tx,
  userId: string,
  chosen: TellingSettings,
  now: Date,
): Promise<void> {
  const remindSince = sql`case when ${settings.remindMinutes} is distinct from excluded.remind_minutes
    then excluded.remind_since else ${settings.remindSince} end`;
  await tx
    .insert(settings)
    .values({ userId, ...chosen, remindSince: now })
    .onConflictDoUpdate({ target: settings.userId, set: { ...chosen, remindSince } });
}
