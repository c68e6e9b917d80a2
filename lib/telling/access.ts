import { env } from "@/lib/env";
import { type KaspiAccess, kaspiAccess } from "@/lib/exits/access";
import { createTelegram, type Telegram } from "@/lib/telegram/client";

/** What every use case of tellings needs. Tests bring their own Telegram and clock. */
export type TellingAccess = Pick<KaspiAccess, "db" | "clock" | "sleep"> & {
  /** Null: the office has no bot. */
  telegram: Telegram | null;
  /** Where people open the office. */
  officeUrl: string;
};

const shared = globalThis as typeof globalThis & { dukenTelegram?: Telegram };

export function tellingAccess(): TellingAccess {
  const { db, clock, sleep } = kaspiAccess();
  return { db, clock, sleep, telegram: ourTelegram(), officeUrl: env().NEXTAUTH_URL };
}

/** A token alone is no bot: without its key nobody answers there. */
function ourTelegram(): Telegram | null {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: url, BOT_API_KEY } = env();
  if (token && BOT_API_KEY) shared.dukenTelegram ??= createTelegram({ token, url });
  return shared.dukenTelegram ?? null;
}
