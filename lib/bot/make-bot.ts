import { systemClock } from "@/lib/core/time";
import { botSettings } from "@/lib/env";
import { createTelegram } from "@/lib/telegram/client";
import type { Bot } from "./bot";
import { officeDesk } from "./office";
import { patient } from "./patient-telegram";

/** The bot as this process is set up; null where it has no token or no key. */
export function makeBot(): Bot | null {
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_API_URL, BOT_API_KEY, OFFICE_URL, NEXTAUTH_URL } =
    botSettings();
  const url = OFFICE_URL ?? NEXTAUTH_URL;
  if (!TELEGRAM_BOT_TOKEN || !BOT_API_KEY || !url) return null;
  const telegram = createTelegram({ token: TELEGRAM_BOT_TOKEN, url: TELEGRAM_API_URL });
  return {
    telegram: patient(telegram),
    desk: officeDesk({ url, key: BOT_API_KEY }),
    clock: systemClock,
  };
}
