import type { CallbackQuery, Message, Update } from "grammy/types";
import { isLocale, type Locale } from "@/lib/i18n/locales";

/** What somebody in a private chat has done. */
export type Heard = {
  updateId: number;
  telegramId: number;
  /** The language of their Telegram. */
  locale: Locale;
  username: string | undefined;
  /** Said, or pressed: never both. */
  said: string | null;
  press: { id: string; data: string; messageId: number; text: string } | null;
};

/** Groups and channels are nobody in particular: they are not heard. */
export function heardIn({
  update_id: updateId,
  message,
  callback_query: query,
}: Update): Heard | null {
  const from = message?.from ?? query?.from;
  const chat = message?.chat ?? query?.message?.chat;
  if (!from || from.is_bot || chat?.type !== "private" || chat.id !== from.id) return null;
  const locale = isLocale(from.language_code) ? from.language_code : "ru";
  const who = { updateId, telegramId: from.id, locale, username: from.username };
  return { ...who, said: message ? textOf(message) : null, press: query ? pressIn(query) : null };
}

const textOf = ({ text }: Message): string => text ?? "";

const pressIn = ({ id, data = "", message }: CallbackQuery) => ({
  id,
  data,
  messageId: message?.message_id ?? 0,
  text: (message && "text" in message && message.text) || "",
});
