import { isAppError } from "@/lib/core/errors";
import { MINUTE, sleep } from "@/lib/core/time";
import type { Telegram } from "@/lib/telegram/client";

/** A person waits no longer than this for an answer; they press again. */
const LONGEST_MS = MINUTE;
const MOST_TRIES = 3;

/** Telegram as a person needs it: when it has had too much it is waited for, and no press is lost for that. */
export function patient(telegram: Telegram, wait: (ms: number) => Promise<void> = sleep): Telegram {
  async function trying<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await call();
      } catch (error) {
        const isThrottled = isAppError(error, "telegram_throttled");
        const waitMs = (isThrottled && error.retryAfterMs) || 0;
        if (!isThrottled || tries === MOST_TRIES || waitMs > LONGEST_MS) throw error;
        await wait(waitMs);
      }
    }
  }
  return {
    ...telegram,
    send: (...given) => trying(() => telegram.send(...given)),
    edit: (...given) => trying(() => telegram.edit(...given)),
    // Nobody waits any more for a press that was long ago: what it brought about stands all the same, and is
    // shown in the chat, whatever comes of this.
    async answerPress(...given) {
      try {
        await telegram.answerPress(...given);
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    },
  };
}
