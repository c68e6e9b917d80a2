import { SECOND, sleep } from "@/lib/core/time";
import { answerUpdate } from "./answer-update";
import type { Bot } from "./bot";
import { inChats } from "./in-chats";
import { keepTrying } from "./keep-trying";

/** Telegram holds a question open so long when there is nothing new. */
const WAIT_SECONDS = 25;
/** Somebody's answer takes long: others are asked for meanwhile, so often. */
const MEANWHILE_MS = SECOND / 5;

/**
 * Asks Telegram for what people have done and answers it, chat by chat in order, chats side by side, until the
 * signal. An update counts as heard once it and those before it are answered: what a killed process leaves is
 * asked for again, and is answered once all the same. Throws `telegram_token`; while another process asks for the same updates it
 * stands back and tries again.
 */
export async function poll(bot: Bot, signal: AbortSignal): Promise<void> {
  const chats = inChats((update) => answerUpdate(bot, update));
  let next = 0;
  await keepTrying(
    async () => {
      const oldest = Math.min(next, ...chats.unanswered());
      const updates = await bot.telegram.updates(oldest, WAIT_SECONDS, signal);
      for (const update of updates.filter(({ update_id }) => update_id >= next)) chats.take(update);
      for (const { update_id } of updates) next = Math.max(next, update_id + 1);
      const woken = new AbortController();
      const rest = sleep(MEANWHILE_MS, AbortSignal.any([signal, woken.signal])).catch(() => {});
      await Promise.race([chats.done(), rest]);
      woken.abort();
      return "on";
    },
    { signal, hopeless: ["telegram_token"] },
  );
  await chats.done();
}
