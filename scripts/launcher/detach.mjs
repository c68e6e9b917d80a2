import { spawn } from "node:child_process";
import { openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "../paths.mjs";
import { holderOf } from "../process/lock.mjs";
import { logFile, openLog } from "./logs.mjs";
import { servedUrl } from "./services.mjs";
import { up } from "./up.mjs";

/**
 * Starts a launcher that outlives this terminal, shows its words until the application answers
 * and leaves it alone.
 * @param {import("./instance.mjs").Instance} instance
 * @returns {Promise<number>} the exit code
 */
export async function detach(instance) {
  if (holderOf(instance.files.lock)) return up(instance, "up");
  const log = openLog(instance, "launcher");
  const show = follow(logFile(instance, "launcher"));
  const child = spawn(process.execPath, [path.join(root, "scripts", "start.mjs"), "up"], {
    cwd: root,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, DETACH: "" },
  });
  /** @type {number | null} */
  let ended = null;
  child.once("exit", (code) => {
    ended = code ?? 1;
  });
  while (ended === null && servedUrl(instance) === null) {
    await sleep(100);
    show();
  }
  show();
  child.unref();
  return ended ?? 0;
}

/**
 * @param {string} file
 * @returns {() => void} prints what was added since the last call
 */
function follow(file) {
  const from = openSync(file, "r");
  let position = statSync(file).size;
  return () => {
    const chunk = Buffer.alloc(Math.max(statSync(file).size - position, 0));
    position += readSync(from, chunk, 0, chunk.length, position);
    process.stdout.write(chunk);
  };
}
