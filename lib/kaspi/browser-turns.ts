import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";

/** Chromiums one process may have open: each weighs 150 to 250 MB. */
const MOST = 2;
const PATIENCE_MS = 60 * SECOND;

type Turns = { taken: number; waiting: (() => void)[] };

// Pages and jobs are bundled apart, each with modules of its own; the machine's memory is one.
const shared = globalThis as typeof globalThis & { dukenBrowserTurns?: Turns };

/**
 * Waits until this process may open one more browser; the answer gives the turn back. Throws
 * `unavailable` after a minute of waiting, and the signal's reason.
 */
export async function takeBrowserTurn(signal?: AbortSignal): Promise<() => void> {
  shared.dukenBrowserTurns ??= { taken: 0, waiting: [] };
  const turns = shared.dukenBrowserTurns;
  signal?.throwIfAborted();
  if (turns.taken < MOST) turns.taken += 1;
  else await inLine(turns, signal);
  let isGiven = false;
  return () => {
    if (isGiven) return;
    isGiven = true;
    const next = turns.waiting.shift();
    if (next) next();
    else turns.taken -= 1;
  };
}

function inLine(turns: Turns, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (reason: unknown) => {
      turns.waiting = turns.waiting.filter((one) => one !== go);
      stop();
      reject(reason);
    };
    const late = setTimeout(
      () => leave(new AppError("unavailable", "browsers_busy", { retryAfterMs: 30 * SECOND })),
      PATIENCE_MS,
    );
    const abort = () => leave(signal?.reason);
    const stop = () => {
      clearTimeout(late);
      signal?.removeEventListener("abort", abort);
    };
    const go = () => {
      stop();
      resolve();
    };
    signal?.addEventListener("abort", abort, { once: true });
    turns.waiting.push(go);
  });
}
