import { locales } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import type { Telegram } from "@/lib/telegram/client";
import { keepTrying } from "./keep-trying";

/** Where Telegram brings what people do; null: it is asked for. */
type Webhook = { url: string; secret: string } | null;

/**
 * Tells Telegram how the bot hears and what its one command is, in every language of ours; waits for a Telegram
 * that is away. Answers what the bot is called, null when it was told to stop first. Throws
 * `telegram_token`, and `telegram_refused` for an address to which it brings nothing.
 */
export async function introduce(
  telegram: Telegram,
  webhook: Webhook,
  signal: AbortSignal,
): Promise<string | null> {
  let name: string | null = null;
  await keepTrying(
    async () => {
      const { username } = await telegram.me();
      await telegram.describeCommands(commandsIn("ru"));
      for (const locale of locales) await telegram.describeCommands(commandsIn(locale), locale);
      await telegram.listenAt(webhook);
      name = username;
      return "done";
    },
    { signal, hopeless: ["telegram_token", "telegram_refused"] },
  );
  return name;
}

const commandsIn = (locale: (typeof locales)[number]) => [
  { command: "start", description: translator(locale)("bot.startCommand") },
];
