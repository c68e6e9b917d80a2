import type {
  CallbackQuery,
  InlineKeyboardMarkup,
  Message,
  Update,
  User,
  WebhookInfo,
} from "grammy/types";

export type { CallbackQuery, InlineKeyboardMarkup, Message, Update, User, WebhookInfo };

/** A message in a chat, as whoever sits in front of it sees it. */
export type Shown = {
  id: number;
  from: "bot" | "person";
  text: string;
  /** What stands on the buttons, row by row. */
  buttons: string[][];
  keyboard: InlineKeyboardMarkup | undefined;
  at: number;
  edits: number;
};

export type Chat = {
  person: User;
  /** Nobody may be written to before they have said something. */
  begun: boolean;
  blocked: boolean;
  deactivated: boolean;
  messages: Shown[];
  nextMessageId: number;
};

/** An answer that is no result. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after: number },
  ) {
    super(description);
  }
}

export const badRequest = (why: string) => new Refusal(400, `Bad Request: ${why}`);
export type Params = Record<string, unknown>;
/** How many messages are taken. */
export type Limits = { perSecond: number; perChatMs: number };
export const telegramsOwn: Limits = { perSecond: 30, perChatMs: 1_000 };
