import type { Caller } from "@/lib/auth/model";
import { SECOND } from "@/lib/core/time";
import type { KaspiAccess } from "@/lib/exits/access";
import { awaitEnd } from "@/lib/runs/await-end";
import { runNews } from "@/lib/runs/live-runs";
import { type Run, runById } from "@/lib/runs/queries";

const WAIT_MS = 30 * SECOND;
/** Of one person's, in this process: each reads the run whenever it moves. More are answered at once. */
const MOST_WAITING = 12;
const waiting = new Map<string, number>();

/** Preferences of RFC 7240. */
export const prefers = ({ headers }: Request, wanted: string): boolean =>
  (headers.get("prefer") ?? "").split(/[,;]/).some((one) => one.trim().toLowerCase() === wanted);

type Waiting = { runId: string; caller: Caller; signal: AbortSignal };

/**
 * The run at its end, or as it is after half a minute, when it says itself that it is in trouble and will try
 * again, or when nobody waits for the answer any more.
 */
export async function runInTime(
  { db, sleep }: KaspiAccess,
  { runId, caller, signal }: Waiting,
): Promise<Run | null> {
  const already = waiting.get(caller.id) ?? 0;
  if (already >= MOST_WAITING) return null;
  waiting.set(caller.id, already + 1);
  const [late, over] = [new AbortController(), new AbortController()];
  sleep(WAIT_MS, over.signal).then(
    () => late.abort(),
    () => null,
  );
  try {
    return await awaitEnd(runId, {
      announcements: runNews(),
      async read() {
        const run = await runById(db, runId);
        if (run?.counts.trouble) late.abort();
        return run;
      },
      enough: AbortSignal.any([signal, late.signal]),
    });
  } finally {
    over.abort();
    const left = (waiting.get(caller.id) ?? 1) - 1;
    if (left > 0) waiting.set(caller.id, left);
    else waiting.delete(caller.id);
  }
}
