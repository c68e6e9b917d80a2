import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./identity.mjs";

/**
 * Ends a process of ours and, if it must be killed, its whole group with it. Does nothing when the
 * pid has passed to somebody else.
 * @param {import("./identity.mjs").Identity | null | undefined} identity
 * @param {number} [patienceMs] how long it may take to end by itself
 */
export async function endProcess(identity, patienceMs = 10_000) {
  if (!identity || !isAlive(identity)) return;
  signal(identity.pid, "SIGTERM");
  if (await hasEnded(identity, patienceMs)) return;
  signal(-identity.pid, "SIGKILL");
  signal(identity.pid, "SIGKILL");
  await hasEnded(identity, 2_000);
}

/**
 * @param {import("./identity.mjs").Identity} identity
 * @param {number} withinMs
 */
async function hasEnded(identity, withinMs) {
  const deadline = Date.now() + withinMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(30);
  }
  return true;
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}
