import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runVisibly } from "../process/run.mjs";

/**
 * Shows the ends of the instance's logs and follows them until Ctrl-C.
 * @param {import("./instance.mjs").Instance} instance
 * @returns {Promise<number>} the exit code
 */
export async function showLogs({ files }) {
  const names = existsSync(files.logs) ? readdirSync(files.logs) : [];
  const logs = names.filter((name) => name.endsWith(".log"));
  if (logs.length === 0) {
    console.log(`Журналов в ${files.logs} ещё нет.`);
    return 0;
  }
  await runVisibly("tail", ["-n", "50", "-F", ...logs.map((name) => path.join(files.logs, name))]);
  return 0;
}
