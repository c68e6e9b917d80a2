import { setTimeout as sleep } from "node:timers/promises";
import { bin } from "../paths.mjs";
import { keyOf } from "./keys.mjs";
import { logFile } from "./logs.mjs";
import { startService } from "./service.mjs";
import { noteServices } from "./services.mjs";

/** It ends like this when nothing but other settings could help. */
const SETTINGS_WRONG = 2;
const REST_MS = 5_000;

/**
 * Runs the bot of Telegram beside the application for as long as that runs: one that dies is started again, and
 * a token that Telegram does not take keeps nobody from the office.
 * @param {import("./instance.mjs").Instance} instance
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} told stop was asked for
 */
export async function keepBot(instance, env, told) {
  if (!env.TELEGRAM_BOT_TOKEN) return;
  while (!told.aborted) {
    const { child, identity } = startService(
      instance,
      "bot",
      [...bin.tsx, "lib/cli/main.ts", "bot"],
      env,
    );
    noteServices(instance, { bot: identity });
    const code = await new Promise((ended) => child.once("exit", ended));
    noteServices(instance, { bot: null });
    if (told.aborted || code === 0) return;
    console.log(`Бот Telegram остановился, причина в ${logFile(instance, "bot")}.`);
    if (code === SETTINGS_WRONG) return;
    await sleep(REST_MS, undefined, { signal: told }).catch(() => {});
  }
}

/**
 * What the bot needs where it is started by itself: the office of this folder, unless another is named.
 * @param {import("./instance.mjs").Instance} instance
 * @param {string | null} served
 * @returns {NodeJS.ProcessEnv}
 */
export function botEnvironment({ dataDir }, served) {
  return {
    ...process.env,
    BOT_API_KEY: process.env.BOT_API_KEY || keyOf(dataDir, "bot-key"),
    OFFICE_URL: process.env.OFFICE_URL || served || process.env.NEXTAUTH_URL,
  };
}
