import { createHmac, timingSafeEqual } from "node:crypto";
import type { Update } from "grammy/types";
import { AppError } from "@/lib/core/errors";
import { inTurns } from "@/lib/core/in-turns";
import { botSettings } from "@/lib/env";
import { answerUpdate } from "./answer-update";
import { whoseIs } from "./in-chats";
import { makeBot } from "./make-bot";

const SECRET_HEADER = "x-telegram-bot-api-secret-token";
/** What one person does is answered in its order, however Telegram brings it. */
const inLine = inTurns("telegram", { most: 1 });

/**
 * Where Telegram brings updates, and the word by which we know that it is Telegram; null where the settings that
 * make them are not given.
 */
export function webhook(): { url: string; secret: string } | null {
  const { NEXTAUTH_URL, NEXTAUTH_SECRET } = botSettings();
  if (!NEXTAUTH_URL || !NEXTAUTH_SECRET) return null;
  const secret = createHmac("sha256", NEXTAUTH_SECRET).update("telegram webhook").digest("hex");
  return { url: `${NEXTAUTH_URL}/api/telegram`, secret };
}

/**
 * Answers an update that was brought. Throws `not_found` where there is no bot and for whoever does not know the
 * word, so that nobody learns more; Telegram brings again what was not answered.
 */
export async function takeUpdate(request: Request): Promise<void> {
  const bot = makeBot();
  const given = Buffer.from(request.headers.get(SECRET_HEADER) ?? "");
  const wanted = Buffer.from(webhook()?.secret ?? "");
  if (
    !bot ||
    wanted.length === 0 ||
    given.length !== wanted.length ||
    !timingSafeEqual(given, wanted)
  )
    throw new AppError("not_found");
  const update: unknown = await request.json().catch(() => null);
  if (!isUpdate(update)) throw new AppError("bad_request", "json_unreadable");
  await inLine(String(whoseIs(update)), () => answerUpdate(bot, update));
}

const isUpdate = (said: unknown): said is Update =>
  typeof said === "object" && said !== null && "update_id" in said;
