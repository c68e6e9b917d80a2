import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until the address answers with success.
 * @param {string} url
 * @param {{ withinMs: number, signal: AbortSignal }} options the signal ends the wait with its reason
 */
export async function untilAnswers(url, { withinMs, signal }) {
  const deadline = Date.now() + withinMs;
  let last = "не отвечает";
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: "manual" });
      await answer.arrayBuffer();
      if (answer.status < 400) return;
      last = `ответ ${answer.status}`;
    } catch {
      // Not listening yet.
    }
    await sleep(50);
  }
  throw new Error(`${url}: ${last} уже ${Math.round(withinMs / 1000)} с.`);
}
