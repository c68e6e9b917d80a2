import { introduce } from "@/lib/bot/introduce";
import { makeBot } from "@/lib/bot/make-bot";
import { poll } from "@/lib/bot/poll";
import { webhook } from "@/lib/bot/webhook";
import { isAppError } from "@/lib/core/errors";
import { botSettings } from "@/lib/env";
import { defineCommand, UsageError } from "./command";

/** What keeps the bot from working until somebody changes the settings: it is not tried again. */
const SETTINGS_WRONG = 2;

export const bot = defineCommand({
  summary:
    "Отвечает в Telegram, пока его не остановят. С TELEGRAM_UPDATES=webhook только говорит Telegram, куда приносить.",
  usage: "",
  options: {},
  standsAlone: true,
  staysUp: true,
  async run() {
    const made = makeBot();
    if (!made)
      throw new UsageError("Нужны TELEGRAM_BOT_TOKEN, BOT_API_KEY и адрес офиса (OFFICE_URL).");
    const isBrought = botSettings().TELEGRAM_UPDATES === "webhook";
    const brought = isBrought ? webhook() : null;
    if (isBrought && !brought) throw new UsageError("Нужны NEXTAUTH_URL и NEXTAUTH_SECRET.");
    const told = untilToldToStop();
    try {
      const name = await introduce(made.telegram, brought, told);
      if (name !== null) console.log(`Бот @${name} отвечает.`);
      if (!isBrought) await poll(made, told);
      return 0;
    } catch (error) {
      if (isAppError(error, "telegram_token"))
        console.error("Telegram не принимает TELEGRAM_BOT_TOKEN. Возьмите токен у @BotFather.");
      else if (isAppError(error, "telegram_refused"))
        console.error(`Telegram не может приносить в ${brought?.url}: ${error.params.said}`);
      else throw error;
      return SETTINGS_WRONG;
    }
  },
});

function untilToldToStop(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
