import type { Update } from "grammy/types";
import { isAppError } from "@/lib/core/errors";
import { log } from "@/lib/log";

/**
 * Answers updates: those of one person one after another, people side by side. One that cannot be answered
 * keeps nobody else waiting.
 */
export async function inChats(
  updates: readonly Update[],
  answer: (update: Update) => Promise<void>,
): Promise<void> {
  const chats = new Map<number, Update[]>();
  for (const update of updates) {
    const from = update.message?.from?.id ?? update.callback_query?.from.id ?? 0;
    chats.set(from, [...(chats.get(from) ?? []), update]);
  }
  await Promise.all([...chats.values()].map((chat) => inTurn(chat, answer)));
}

async function inTurn(chat: readonly Update[], answer: (update: Update) => Promise<void>) {
  for (const update of chat) {
    try {
      await answer(update);
    } catch (error) {
      // Who has blocked the bot meanwhile has nobody to be answered.
      if (isAppError(error, "telegram_blocked")) continue;
      log.error({ err: error, update: update.update_id }, "an update was not answered");
    }
  }
}
