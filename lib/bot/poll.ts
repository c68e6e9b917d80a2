import { answerUpdate } from "./answer-update";
import type { Bot } from "./bot";
import { inChats } from "./in-chats";
import { keepTrying } from "./keep-trying";

/** Telegram holds a question open so long when there is nothing new. */
const WAIT_SECONDS = 25;

/**
 * Asks Telegram for what people have done and answers it, chat by chat in order, chats side by side, until the
 * signal. An update counts as heard once it is answered: what a killed process leaves is asked for again, and
 * is answered once all the same. Throws `telegram_token`; while another process asks for the same updates it
 * stands back and tries again.
 */
export async function poll(bot: Bot, signal: AbortSignal): Promise<void> {
  let offset = 0;
  await keepTrying(async () => {
    const updates = await bot.telegram.updates(offset, WAIT_SECONDS, signal);
    await inChats(updates, (update) => answerUpdate(bot, update));
    for (const { update_id } of updates) offset = Math.max(offset, update_id + 1);
    return "on";
  }, signal);
}
