import { joinDatabase, runningDatabase } from "./database.mjs";

/**
 * @typedef {{ lost: AbortSignal, end(): Promise<void> }} DatabaseWatch
 * `lost` is aborted, with its reason, when Postgres could not be started again; `end` ends the watch,
 * and nothing is started any more once it has resolved.
 */

/**
 * Starts the embedded Postgres again should it die; what stands on it waits meanwhile. When that
 * fails for a minute, nobody waits any longer.
 * @param {{ dataDir: string, databaseUrl: string | null }} instance
 * @param {{ everyMs?: number, patienceMs?: number }} [options]
 * @returns {DatabaseWatch}
 */
export function watchDatabase(instance, { everyMs = 5_000, patienceMs = 60_000 } = {}) {
  const lost = new AbortController();
  if (instance.databaseUrl) return { lost: lost.signal, end: async () => {} };
  const over = new AbortController();
  /** @type {Promise<void> | null} */
  let looking = null;
  /** @type {number | null} */
  let failingSince = null;

  const look = async () => {
    try {
      if (!(await runningDatabase(instance))) {
        await joinDatabase(instance, over.signal);
        console.log("Postgres остановился; запущен снова.");
      }
      failingSince = null;
    } catch (error) {
      if (over.signal.aborted) return;
      const { message } = /** @type {Error} */ (error);
      if (failingSince === null) console.error(`Postgres остановился. ${message}`);
      failingSince ??= Date.now();
      if (Date.now() - failingSince < patienceMs) return;
      lost.abort(
        new Error(
          `Postgres остановился, и вернуть его не вышло. ${message}\nЗапустите снова: make up`,
        ),
      );
    }
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null;
    });
  }, everyMs);
  return {
    lost: lost.signal,
    async end() {
      clearInterval(timer);
      over.abort();
      await looking;
    },
  };
}
