import type { Clock } from "@/lib/core/time";
import type { Telegram } from "@/lib/telegram/client";
import type { OfficeDesk } from "./office";

/** What the bot is made of. Tests bring their own clock. */
export type Bot = { telegram: Telegram; desk: OfficeDesk; clock: Clock };
