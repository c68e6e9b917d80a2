import { and, eq } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { telegramLinks } from "@/lib/db/schema/telegram";
import { users } from "@/lib/db/schema/workspace";
import type { Caller } from "./model";
import { callerColumns } from "./users";

/** Names the Telegram account for which a program with the scope `bot` asks. */
export const TELEGRAM_USER = "x-telegram-user";

/** A number of Telegram's, in figures; null for what is none. */
export function telegramIdOf(text: string): number | null {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}

/** Whose account it is, as they are now; null when it is nobody's, or a blocked person's. */
export async function findTelegramUser(tx: Tx, telegramId: number): Promise<Caller | null> {
  const [user] = await tx
    .select(callerColumns)
    .from(telegramLinks)
    .innerJoin(users, eq(users.id, telegramLinks.userId))
    .where(and(eq(telegramLinks.telegramId, telegramId), eq(users.isActive, true)));
  return user ?? null;
}

/** The person for whom a program asks. Throws `telegram_not_linked`. */
export async function personOf(tx: Tx, header: string): Promise<Caller> {
  const telegramId = telegramIdOf(header);
  const person = telegramId === null ? null : await findTelegramUser(tx, telegramId);
  if (!person) throw new AppError("telegram_not_linked");
  return person;
}
