import { bin } from "../paths.mjs";
import { freePort, isFree } from "../process/ports.mjs";
import { startService } from "./service.mjs";
import { untilAnswers } from "./wait.mjs";

const USUAL_PORT = 3000;

/**
 * The port that was asked for, which must be free, or the first free one from the usual one up.
 * @param {import("./instance.mjs").Instance} instance
 */
export async function choosePort({ port }) {
  if (port === null) {
    const chosen = await freePort(USUAL_PORT);
    if (chosen !== USUAL_PORT) console.log(`Порт ${USUAL_PORT} занят, беру ${chosen}.`);
    return chosen;
  }
  if (port !== 0 && !(await isFree(port))) {
    throw new Error(
      `Порт ${port} занят другой программой. Задайте другой: make up PORT=${port + 1}`,
    );
  }
  return freePort(port);
}

/**
 * Starts the web with its jobs and waits until a real page answers.
 * @param {import("./instance.mjs").Instance} instance
 * @param {{ port: number, mode: "up" | "dev", env: NodeJS.ProcessEnv }} options
 */
export function startWeb(instance, { port, mode, env }) {
  const address = ["-p", String(port), "-H", instance.host];
  if (mode === "up") return startService(instance, "web", [bin.next, "start", ...address], env);
  const devEnv = { ...env, NODE_ENV: /** @type {const} */ ("development") };
  return startService(instance, "web", [bin.next, "dev", ...address], devEnv, "terminal");
}

/**
 * Where this machine itself reaches the application.
 * @param {Pick<import("./instance.mjs").Instance, "host">} instance
 * @param {number} port
 */
export function nearUrl({ host }, port) {
  const near = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  return `http://${near}:${port}`;
}

/**
 * First a route, then a page: only both say that the build is whole.
 * @param {import("./instance.mjs").Instance} instance
 * @param {number} port
 * @param {AbortSignal} signal ends the wait with its reason
 */
export async function untilServing(instance, port, signal) {
  for (const page of ["/health/", "/login"]) {
    await untilAnswers(`${nearUrl(instance, port)}${page}`, { withinMs: 60_000, signal });
  }
}
