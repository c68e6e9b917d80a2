import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { bin } from "../paths.mjs";
import { keyOf } from "./keys.mjs";
import { logFile } from "./logs.mjs";
import { startService } from "./service.mjs";
import { noteServices } from "./services.mjs";

/** It ends like this when nothing but other settings could help. */
const SETTINGS_WRONG = 2;

/**
 * Runs the bot of Telegram beside the application for as long as that runs: one that dies or does not start is
 * started again, and a token that Telegram does not take keeps nobody from the office. Never throws.
 * @param {import("./instance.mjs").Instance} instance
 * @param {NodeJS.ProcessEnv} env
 * @param {{ told: AbortSignal, restMs?: number }} options `told`: stop was asked for
 */
export async function keepBot(instance, env, { told, restMs = 5_000 }) {
  if (!env.TELEGRAM_BOT_TOKEN) return;
  while (!told.aborted) {
    try {
      const code = await runBot(instance, env);
      if (told.aborted || code === 0) return;
      console.log(`Бот Telegram остановился, причина в ${logFile(instance, "bot")}.`);
      if (code === SETTINGS_WRONG) return;
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      console.log(`Бот Telegram не запускается: ${why}`);
    }
    await sleep(restMs, undefined, { signal: told }).catch(() => {});
  }
}

/**
 * @param {import("./instance.mjs").Instance} instance
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | null>} its code; null when it was killed
 */
async function runBot(instance, env) {
  const args = [...bin.tsx, "lib/cli/main.ts", "bot"];
  const { child, identity } = startService(instance, "bot", args, withoutSecrets(env));
  noteServices(instance, { bot: identity });
  const [code] = await once(child, "exit");
  noteServices(instance, { bot: null });
  return code;
}

/**
 * What the bot needs where it is started by itself: the office of this folder, unless another is named.
 * @param {import("./instance.mjs").Instance} instance
 * @param {string | null} served
 * @returns {NodeJS.ProcessEnv}
 */
export function botEnvironment({ dataDir }, served) {
  const { BOT_API_KEY, NEXTAUTH_SECRET, NEXTAUTH_URL, OFFICE_URL } = process.env;
  return withoutSecrets({
    ...process.env,
    BOT_API_KEY: BOT_API_KEY || keyOf(dataDir, "bot-key"),
    NEXTAUTH_SECRET: NEXTAUTH_SECRET || keyOf(dataDir, "nextauth-secret"),
    OFFICE_URL: OFFICE_URL || served || NEXTAUTH_URL,
  });
}

/** What opens the office's data and is no business of who speaks with everybody. */
const secrets = [
  ...["DATABASE_URL", "ENCRYPTION_KEY", "ENCRYPTION_KEYS_OLD", "TASK_ID_SALT"],
  ...["INNGEST_SIGNING_KEY", "INNGEST_SIGNING_KEY_FALLBACK", "INNGEST_EVENT_KEY"],
  ...["EMAIL_USER", "EMAIL_PASSWORD"],
];

/**
 * By the word of the webhook Telegram is known, and it is made of the office's secret.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutSecrets(env) {
  const isBrought = env.TELEGRAM_UPDATES === "webhook";
  const dropped = isBrought ? secrets : [...secrets, "NEXTAUTH_SECRET"];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.includes(name)));
}
