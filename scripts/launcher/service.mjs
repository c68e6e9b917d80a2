import { spawn } from "node:child_process";
import { root } from "../paths.mjs";
import { identify } from "../process/identity.mjs";
import { lastLines, logFile, openLog } from "./logs.mjs";

/**
 * A long-lived child in a session of its own: a Ctrl-C in the terminal does not reach it, the
 * launcher ends it in its turn.
 * @typedef {{
 *   child: import("node:child_process").ChildProcess,
 *   identity: import("../process/identity.mjs").Identity,
 *   died: AbortSignal,
 * }} Service `died` is aborted, with the end of the log as its reason, when the child is gone
 */

/**
 * @param {import("./instance.mjs").Instance} instance
 * @param {"web" | "twin" | "bot"} name
 * @param {string[]} args for Node
 * @param {NodeJS.ProcessEnv} env
 * @param {"log" | "terminal" | "pipe"} [output] where its stdout goes; stderr of a piped one is logged
 * @returns {Service}
 */
export function startService(instance, name, args, env, output = "log") {
  const log = openLog(instance, name);
  /** @type {import("node:child_process").StdioOptions} */
  const stdio = {
    log: /** @type {const} */ (["ignore", log, log]),
    pipe: /** @type {const} */ (["ignore", "pipe", log]),
    terminal: /** @type {const} */ (["ignore", "inherit", "inherit"]),
  }[output].slice();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio, detached: true });
  const death = new AbortController();
  child.once("exit", (code, signal) => {
    const file = logFile(instance, name);
    const how = `${name}: процесс закончился (${signal ?? `код ${code}`})`;
    death.abort(new Error(`${how}, ${file}:\n${lastLines(file, 20)}`));
  });
  child.once("error", (error) => death.abort(error));
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error(`${name}: процесс не запустился.`);
  return { child, identity, died: death.signal };
}
