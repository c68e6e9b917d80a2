import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/log";
import type { Telegram } from "@/lib/telegram/client";

const shared = globalThis as typeof globalThis & { dukenBotNames?: WeakMap<Telegram, string> };

/**
 * What the bot is called, asked once; null while Telegram does not answer. Throws `telegram_off` when the
 * office has none.
 */
export async function botName(telegram: Telegram | null): Promise<string | null> {
  if (!telegram) throw new AppError("telegram_off");
  shared.dukenBotNames ??= new WeakMap();
  const known = shared.dukenBotNames.get(telegram);
  if (known) return known;
  try {
    const { username } = await telegram.me();
    shared.dukenBotNames.set(telegram, username);
    return username;
  } catch (error) {
    log.warn({ err: error }, "Telegram does not say what the bot is called");
    return null;
  }
}
