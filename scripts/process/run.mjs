import { spawn } from "node:child_process";

/**
 * Runs a command to its end, unseen, and never throws: a command that cannot start has code -1.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is stdout and stderr as they came
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        output += text;
      });
    }
    child.once("error", (error) => resolve({ code: -1, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? -1, output: output.trim() }));
  });
}

const endings = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a command with our own terminal and answers its exit code; when we are told to end, so is it.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    const end = () => child.kill("SIGTERM");
    for (const name of endings) process.on(name, end);
    child.once("error", reject);
    child.once("close", (code) => {
      for (const name of endings) process.off(name, end);
      resolve(code ?? 1);
    });
  });
}
