import { isAppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import { log } from "@/lib/log";

const SHORTEST_REST = SECOND;
const LONGEST_REST = 30 * SECOND;

/**
 * Does something with Telegram again and again until the signal, with longer and longer rests while it fails.
 * Throws `telegram_token`: that does not pass by waiting.
 */
export async function keepTrying(
  work: () => Promise<"on" | "done">,
  signal: AbortSignal,
): Promise<void> {
  let rest = SHORTEST_REST;
  while (!signal.aborted) {
    try {
      if ((await work()) === "done") return;
      rest = SHORTEST_REST;
    } catch (error) {
      if (signal.aborted) return;
      if (isAppError(error, "telegram_token")) throw error;
      log.warn({ err: error }, "Telegram did not answer the bot");
      const asked = (isAppError(error) && error.retryAfterMs) || 0;
      await sleep(Math.max(asked, rest), signal).catch(() => {});
      rest = Math.min(rest * 2, LONGEST_REST);
    }
  }
}
