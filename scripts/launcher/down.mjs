import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../process/identity.mjs";
import { holderOf } from "../process/lock.mjs";
import { leaveDatabase } from "./database.mjs";
import { endServices, readServices } from "./services.mjs";

const PATIENCE_MS = 60_000;

/**
 * Stops the running instance through its launcher, or what a killed launcher left behind.
 * @param {import("./instance.mjs").Instance} instance
 * @returns {Promise<number>} the exit code
 */
export async function down(instance) {
  const launcher = holderOf(instance.files.lock);
  if (launcher) {
    process.kill(launcher.pid, "SIGTERM");
    const deadline = Date.now() + PATIENCE_MS;
    while (isAlive(launcher) && Date.now() < deadline) await sleep(50);
    if (isAlive(launcher)) throw new Error(`Процесс ${launcher.pid} не останавливается.`);
  }
  const { bot, web, twin } = readServices(instance);
  const left = [bot, web, twin].some(isAlive);
  await endServices(instance);
  await leaveDatabase(instance);
  console.log(launcher || left ? "Остановлено." : "Не запущено.");
  return 0;
}
