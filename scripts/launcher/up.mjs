import { mkdirSync } from "node:fs";
import { holderOf, takeLock } from "../process/lock.mjs";
import { leaveDatabase } from "./database.mjs";
import { keepLogsShort } from "./logs.mjs";
import { endServices, servedUrl } from "./services.mjs";
import { start } from "./start-services.mjs";
import { untilToldToStop } from "./stop-signal.mjs";
import { watchDatabase } from "./watch-database.mjs";

/** @typedef {import("./instance.mjs").Instance} Instance */

/**
 * Starts everything, then watches over it until it is told to stop or something dies; then stops
 * all of it in order: the web, the training Kaspi, Postgres.
 * @param {Instance} instance
 * @param {"up" | "dev"} mode
 * @returns {Promise<number>} the exit code
 */
export async function up(instance, mode) {
  mkdirSync(instance.dataDir, { recursive: true, mode: 0o700 });
  const release = takeLock(instance.files.lock);
  if (!release) return reportRunning(instance);
  const told = untilToldToStop();
  const letLogsGrow = keepLogsShort(instance);
  let code = 0;
  /** @type {import("./watch-database.mjs").DatabaseWatch | null} */
  let watch = null;
  try {
    const services = await start(instance, { mode, told });
    watch = watchDatabase(instance);
    const died = [...services, watch.lost];
    await untilAborted(AbortSignal.any([told, ...died]));
    if (!told.aborted) throw died.find((signal) => signal.aborted)?.reason;
  } catch (error) {
    if (!told.aborted) {
      console.error(`\n${error instanceof Error ? error.message : error}`);
      code = 1;
    }
  }
  if (told.aborted) console.log("\nОстанавливаю…");
  await watch?.end();
  await endServices(instance);
  await leaveDatabase(instance);
  letLogsGrow();
  release();
  if (told.aborted) console.log("Остановлено.");
  return code;
}

/** @param {AbortSignal} signal */
function untilAborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", resolve, { once: true });
  });
}

/** @param {Instance} instance */
function reportRunning(instance) {
  const url = servedUrl(instance);
  const pid = holderOf(instance.files.lock)?.pid;
  if (url) console.log(`Уже работает (процесс ${pid}): ${url}`);
  else console.log(`Уже запускается (процесс ${pid}). Смотрите make logs.`);
  return 0;
}
