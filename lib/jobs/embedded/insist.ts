import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import type { EngineContext } from "@/lib/jobs/embedded/context";

const PATIENCE = 10 * MINUTE;
const LONGEST_WAIT = SECOND;

/**
 * Asks Postgres again while it is away: nobody else can take the work meanwhile, so what is in hand
 * must not be lost. Any other error is thrown at once.
 */
export async function insist<T>(engine: EngineContext, query: () => Promise<T>): Promise<T> {
  let waited = 0;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT)) {
    try {
      return await query();
    } catch (error) {
      if (!isAway(error) || waited > PATIENCE) throw error;
      if (waited === 0) engine.log.warn({ err: error }, "Job engine asks Postgres again");
      await sleep(waitMs);
      waited += waitMs;
    }
  }
}

/** The server is not there, or on its way out or up. */
const gone = /^(CONNECT|E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NOTFOUND)|57P0|08|53300$|40001$|40P01$)/;

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && gone.test(String(error.code))) return true;
  return isAway(error.cause);
}
