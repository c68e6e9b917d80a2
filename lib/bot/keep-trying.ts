import { type ErrorKind, isAppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import { log } from "@/lib/log";

const SHORTEST_REST = SECOND;
const LONGEST_REST = 30 * SECOND;

/**
 * Does something with Telegram again and again until the signal, with longer and longer rests while it fails; what
 * fails in the same way is said once. Throws what is `hopeless`: that does not pass by waiting.
 */
export async function keepTrying(
  work: () => Promise<"on" | "done">,
  { signal, hopeless }: { signal: AbortSignal; hopeless: readonly ErrorKind[] },
): Promise<void> {
  const troubles = saidOnce();
  let rest = SHORTEST_REST;
  while (!signal.aborted) {
    try {
      if ((await work()) === "done") return;
      rest = SHORTEST_REST;
      troubles.over();
    } catch (error) {
      if (signal.aborted) return;
      if (hopeless.some((kind) => isAppError(error, kind))) throw error;
      troubles.say(error);
      const asked = (isAppError(error) && error.retryAfterMs) || 0;
      await sleep(Math.max(asked, rest), signal).catch(() => {});
      rest = Math.min(rest * 2, LONGEST_REST);
    }
  }
}

function saidOnce() {
  let said = "";
  return {
    say(error: unknown): void {
      const trouble = isAppError(error) ? error.kind : "odd";
      if (trouble !== said) log.warn({ err: error }, wordsFor(trouble));
      said = trouble;
    },
    over(): void {
      said = "";
    },
  };
}

const wordsFor = (trouble: string) =>
  trouble === "telegram_twice"
    ? "another process asks for what people do, or Telegram brings it elsewhere"
    : "Telegram did not answer the bot";
