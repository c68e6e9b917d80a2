import { Api } from "grammy";
import type { BotCommand, InlineKeyboardMarkup, Update } from "grammy/types";
import { shortened } from "@/lib/core/text";
import { isUnchanged, telegramFailure } from "./failure";

export type TelegramSettings = {
  token: string;
  /** Of the Bot API, without a slash at its end. */
  url: string;
  /** Of one exchange, in seconds; a poll may take longer by what it waits for. */
  patience?: number;
};

/** A button under a message: what the bot is told when it is pressed, at most 64 bytes. */
export type Button = { text: string; data: string };
export type Words = { text: string; buttons?: readonly (readonly Button[])[] };

export type Telegram = {
  /** The account of the bot, as its token says. */
  botId: number;
  me(): Promise<{ id: number; username: string }>;
  /** Returns the message's id. */
  send(chatId: number, words: Words): Promise<number>;
  /** False when it is so already. */
  edit(chatId: number, messageId: number, words: Words): Promise<boolean>;
  /** Ends the waiting of who has pressed a button; with a text it is shown over the chat. */
  answerPress(pressId: string, text?: string): Promise<void>;
  /** Updates from `offset` on, which says that those before are done with; waits for some. */
  updates(offset: number, waitSeconds: number, signal?: AbortSignal): Promise<Update[]>;
  listenAt(webhook: { url: string; secret: string } | null): Promise<void>;
  webhookUrl(): Promise<string>;
  describeCommands(commands: readonly BotCommand[], languageCode?: string): Promise<void>;
};

const PATIENCE = 15;
/** What is shown over a chat. */
const LONGEST_ANSWER = 200;
/** What the bot acts on. */
export const heard = ["message", "callback_query", "my_chat_member"] as const;

/**
 * The Bot API, as far as we use it. Every call throws `AppError` of the kinds `telegram_*`, see `failure.ts`:
 * none of them holds the token, which stands in every address.
 */
export function createTelegram({ token, url, patience = PATIENCE }: TelegramSettings): Telegram {
  const of = (seconds: number) => new Api(token, { apiRoot: url, timeoutSeconds: seconds });
  const api = of(patience);
  return {
    botId: Number(token.split(":")[0]),
    me: () => told(api.getMe()),
    async send(chatId, words) {
      const message = await told(api.sendMessage(chatId, words.text, looksOf(words)));
      return message.message_id;
    },
    async edit(chatId, messageId, words) {
      const edited = api.editMessageText(chatId, messageId, words.text, looksOf(words));
      return unlessSame(told(edited));
    },
    async answerPress(pressId, text) {
      const given = text === undefined ? {} : { text: shortened(text, LONGEST_ANSWER) };
      await told(api.answerCallbackQuery(pressId, given));
    },
    updates: (offset, waitSeconds, signal) =>
      told(
        of(patience + waitSeconds).getUpdates(
          { offset, timeout: waitSeconds, allowed_updates: heard },
          // The library's type of a signal is another package's; what it is given is the platform's.
          signal as never,
        ),
      ),
    async listenAt(webhook) {
      if (webhook === null) await told(api.deleteWebhook());
      else {
        const asked = { secret_token: webhook.secret, allowed_updates: heard };
        await told(api.setWebhook(webhook.url, asked));
      }
    },
    async webhookUrl() {
      return (await told(api.getWebhookInfo())).url ?? "";
    },
    async describeCommands(commands, languageCode) {
      const spoken = languageCode === undefined ? {} : { language_code: languageCode };
      await told(api.setMyCommands(commands, spoken as Parameters<Api["setMyCommands"]>[1]));
    },
  };
}

/** Plain text: what people type is shown as it is. An office's address needs no picture of its page. */
function looksOf({ buttons }: Words) {
  const inline_keyboard = (buttons ?? []).map((row) =>
    row.map(({ text, data }) => ({ text, callback_data: data })),
  );
  const reply_markup: InlineKeyboardMarkup = { inline_keyboard };
  return { link_preview_options: { is_disabled: true }, reply_markup };
}

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw telegramFailure(error);
  }
}

async function unlessSame(edited: Promise<unknown>): Promise<boolean> {
  try {
    await edited;
    return true;
  } catch (error) {
    if (isUnchanged(error)) return false;
    throw error;
  }
}
