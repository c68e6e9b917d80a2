import { isAlive } from "../process/identity.mjs";
import { holderOf } from "../process/lock.mjs";
import { runningDatabase } from "./database.mjs";
import { readServices } from "./services.mjs";

/**
 * Prints what of the instance lives: name, process, address.
 * @param {import("./instance.mjs").Instance} instance
 * @returns {Promise<number>} the exit code
 */
export async function ps(instance) {
  const { web, bot, twin, url } = readServices(instance);
  const postgres = await runningDatabase(instance);
  const rows = [
    ["запуск", holderOf(instance.files.lock)?.pid, ""],
    ["web", isAlive(web) && web?.pid, url],
    ["бот", isAlive(bot) && bot?.pid, ""],
    ["kaspi", isAlive(twin) && twin?.pid, twin?.urls.cabinet],
    ["postgres", postgres?.pid, postgres && `127.0.0.1:${postgres.port}`],
  ];
  for (const [name, pid, address] of rows) {
    console.log(
      `${String(name).padEnd(10)}${String(pid || "нет").padEnd(10)}${pid ? (address ?? "") : ""}`.trimEnd(),
    );
  }
  return 0;
}
