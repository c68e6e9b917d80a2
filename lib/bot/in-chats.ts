import type { Update } from "grammy/types";
import { log } from "@/lib/log";

export type Chats = {
  take(update: Update): void;
  /** Updates that are not answered yet. */
  unanswered(): number[];
  /** When all that were taken are answered. */
  done(): Promise<void>;
};

/**
 * Answers updates: those of one person one after another, people side by side. One that takes long, or cannot be
 * answered, keeps nobody else waiting.
 */
export function inChats(answer: (update: Update) => Promise<void>): Chats {
  const lines = new Map<number, Promise<void>>();
  const open = new Set<number>();
  async function answerOne(update: Update): Promise<void> {
    try {
      await answer(update);
    } catch (error) {
      log.error({ err: error, update: update.update_id }, "an update was not answered");
    }
    open.delete(update.update_id);
  }
  return {
    take(update) {
      const from = whoseIs(update);
      open.add(update.update_id);
      const line = (lines.get(from) ?? Promise.resolve()).then(() => answerOne(update));
      lines.set(from, line);
      line.then(() => lines.get(from) === line && lines.delete(from));
    },
    unanswered: () => [...open],
    async done() {
      while (lines.size > 0) await Promise.all(lines.values());
    },
  };
}

/** What somebody does is answered in its order. */
export const whoseIs = ({ message, callback_query: query }: Update): number =>
  message?.from?.id ?? query?.from.id ?? 0;
