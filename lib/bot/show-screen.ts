import { isAppError } from "@/lib/core/errors";
import type { Bot } from "./bot";
import type { Drawn } from "./model";
import { pressOf } from "./press-rules";

/** A screen with what its buttons carry. */
export const wordsOf = ({ text, rows }: Drawn, drawing: number) => {
  let place = 0;
  const buttons = rows.map((row) =>
    row.map((one) => {
      const data = pressOf(drawing, place);
      place += 1;
      return { text: one.text, data };
    }),
  );
  return { text, buttons };
};

/** The screen is another message now: this one has no buttons any more. */
export async function leave(
  { telegram }: Bot,
  chatId: number,
  messageId: number | null,
  text: string,
): Promise<void> {
  if (messageId === null) return;
  try {
    await telegram.edit(chatId, messageId, { text });
  } catch (error) {
    if (!isAppError(error, "telegram_refused")) throw error;
  }
}

/** In the message that is there; where Telegram has it no more, in a new one. */
export async function show(
  { telegram }: Bot,
  chatId: number,
  messageId: number | null,
  words: ReturnType<typeof wordsOf>,
): Promise<number> {
  if (messageId === null) return telegram.send(chatId, words);
  try {
    await telegram.edit(chatId, messageId, words);
    return messageId;
  } catch (error) {
    if (!isAppError(error, "telegram_refused")) throw error;
    return telegram.send(chatId, words);
  }
}
