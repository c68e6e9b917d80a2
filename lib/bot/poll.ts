import { isAppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import { log } from "@/lib/log";
import { answerUpdate } from "./answer-update";
import type { Bot } from "./bot";
import { inChats } from "./in-chats";

/** Telegram holds a question open so long when there is nothing new. */
const WAIT_SECONDS = 25;
const SHORTEST_REST = SECOND;
const LONGEST_REST = 30 * SECOND;

/**
 * Asks Telegram for what people have done and answers it, chat by chat in order, chats side by side, until the
 * signal. An update counts as heard once it is answered: what a killed process leaves is asked for again, and
 * is answered once all the same. Throws `telegram_token`; who else asks for the same updates makes way for it.
 */
export async function poll(bot: Bot, signal: AbortSignal): Promise<void> {
  let offset = 0;
  let rest = SHORTEST_REST;
  while (!signal.aborted) {
    try {
      const updates = await bot.telegram.updates(offset, WAIT_SECONDS, signal);
      await inChats(updates, (update) => answerUpdate(bot, update));
      for (const { update_id } of updates) offset = Math.max(offset, update_id + 1);
      rest = SHORTEST_REST;
    } catch (error) {
      if (signal.aborted) return;
      if (isAppError(error, "telegram_token")) throw error;
      log.warn({ err: error }, "Telegram did not answer the bot");
      const asked = isAppError(error) ? error.retryAfterMs : undefined;
      await sleep(Math.max(asked ?? 0, rest), signal).catch(() => {});
      rest = Math.min(rest * 2, LONGEST_REST);
    }
  }
}
