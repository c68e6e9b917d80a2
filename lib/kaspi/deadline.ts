/** An exchange with Kaspi takes no longer, unless its transport was told otherwise. */
export const LONGEST_EXCHANGE_MS = 30_000;

/**
 * A signal that fires after `milliseconds` or together with the caller's, and lets go of the
 * caller's when stopped (AbortSignal.any would gather listeners on a long-lived one).
 */
export function startDeadline(milliseconds: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, milliseconds);
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    passed: () => late,
    stop: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", abort);
    },
  };
}
