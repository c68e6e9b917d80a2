import { locales } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import type { Telegram } from "@/lib/telegram/client";

/** Puts the bot's one command into the menu of Telegram, in every language of ours. */
export async function introduce(telegram: Telegram): Promise<void> {
  const commandsIn = (locale: (typeof locales)[number]) => [
    { command: "start", description: translator(locale)("bot.startCommand") },
  ];
  await telegram.describeCommands(commandsIn("ru"));
  for (const locale of locales) await telegram.describeCommands(commandsIn(locale), locale);
}
