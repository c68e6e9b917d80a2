import {
  badRequest,
  type Chat,
  type InlineKeyboardMarkup,
  type Message,
  type Params,
  Refusal,
  type Shown,
  type User,
} from "./fake-model";
import type { floodLimits } from "./flood-limits";
import type { updateQueue } from "./update-queue";

export type World = {
  bot: User;
  chats: Map<number, Chat>;
  queue: ReturnType<typeof updateQueue>;
  flood: ReturnType<typeof floodLimits>;
  /** Presses that wait for their answer, and what was answered. */
  presses: Map<string, { at: number; answer: string | null }>;
  commands: Map<string, unknown>;
  now: () => number;
};

const LONGEST_TEXT = 4_096;
const PRESS_LIFE_MS = 15 * 60_000;

/** A method of the Bot API over this world; throws `Refusal`. */
export async function callMethod(world: World, method: string, params: Params): Promise<unknown> {
  const known = methods[method as keyof typeof methods];
  if (!known) throw new Refusal(404, "Not Found: method not found");
  return known(world, params);
}

const methods = {
  getMe: ({ bot }: World) => ({
    ...bot,
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),
  getUpdates: ({ queue }: World, { offset, limit, timeout, allowed_updates }: Params) =>
    queue.get(
      Number(offset ?? 0),
      Number(limit ?? 100),
      Number(timeout ?? 0) * 1_000,
      allowed_updates as string[] | undefined,
    ),
  setWebhook(
    { queue }: World,
    { url, secret_token, allowed_updates, drop_pending_updates }: Params,
  ) {
    if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(String(secret_token)))
      throw badRequest("secret token contains unallowed characters");
    if (drop_pending_updates) queue.drop();
    const secret = secret_token === undefined ? undefined : String(secret_token);
    const kinds = allowed_updates as string[] | undefined;
    queue.listenAt(url ? { url: String(url), secret } : null, kinds);
    return true;
  },
  deleteWebhook({ queue }: World, { drop_pending_updates }: Params) {
    if (drop_pending_updates) queue.drop();
    queue.listenAt(null);
    return true;
  },
  getWebhookInfo: ({ queue }: World) => queue.info(),
  setMyCommands({ commands }: World, params: Params) {
    commands.set(String(params.language_code ?? ""), params.commands);
    return true;
  },
  getMyCommands: ({ commands }: World, params: Params) =>
    commands.get(String(params.language_code ?? "")) ?? [],
  sendChatAction: () => true,
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
};

function sendMessage(world: World, params: Params): Message {
  const text = textOf(params);
  const keyboard = keyboardOf(params);
  const chat = reachable(world, params);
  world.flood.take(chat.person.id);
  const message: Shown = {
    ...{ id: chat.nextMessageId++, from: "bot", at: world.now(), edits: 0 },
    ...{ text, keyboard, buttons: wordsOn(keyboard) },
  };
  chat.messages.push(message);
  return asMessage(world, chat, message);
}

function editMessageText(world: World, params: Params): Message {
  const text = textOf(params);
  const keyboard = keyboardOf(params);
  const { chat, message } = editable(world, params);
  return change(world, chat, message, text, keyboard);
}

function editMessageReplyMarkup(world: World, params: Params): Message {
  const { chat, message } = editable(world, params);
  return change(world, chat, message, message.text, keyboardOf(params));
}

function change(
  world: World,
  chat: Chat,
  message: Shown,
  text: string,
  keyboard: InlineKeyboardMarkup | undefined,
): Message {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (message.text === text && isSame(rowsOf(message.keyboard), rowsOf(keyboard)))
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  world.flood.take(null);
  Object.assign(message, { text, keyboard, buttons: wordsOn(keyboard), edits: message.edits + 1 });
  return asMessage(world, chat, message);
}

function deleteMessage(world: World, params: Params): true {
  const chat = reachable(world, params);
  const before = chat.messages.length;
  chat.messages = chat.messages.filter(({ id }) => id !== Number(params.message_id));
  if (chat.messages.length === before) throw badRequest("message to delete not found");
  return true;
}

function answerCallbackQuery(world: World, { callback_query_id, text }: Params): true {
  const press = world.presses.get(String(callback_query_id));
  if (!press || press.answer !== null || world.now() - press.at > PRESS_LIFE_MS)
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  if (String(text ?? "").length > 200) throw badRequest("MESSAGE_TOO_LONG");
  press.answer = String(text ?? "");
  return true;
}

function reachable({ chats }: World, { chat_id }: Params): Chat {
  const chat = chats.get(Number(chat_id));
  if (!chat?.begun) throw badRequest("chat not found");
  if (chat.deactivated) throw new Refusal(403, "Forbidden: user is deactivated");
  if (chat.blocked) throw new Refusal(403, "Forbidden: bot was blocked by the user");
  return chat;
}

function editable(world: World, params: Params): { chat: Chat; message: Shown } {
  const chat = reachable(world, params);
  const message = chat.messages.find(({ id }) => id === Number(params.message_id));
  if (!message) throw badRequest("message to edit not found");
  if (message.from !== "bot") throw badRequest("message can't be edited");
  return { chat, message };
}

function textOf({ text, parse_mode }: Params): string {
  const said = String(text ?? "").trim();
  if (said === "") throw badRequest("message text is empty");
  const shown = parse_mode === "HTML" ? withoutTags(said) : said;
  if (shown.length > LONGEST_TEXT) throw badRequest("message is too long");
  return shown;
}

/** What is shown of Telegram's HTML. */
function withoutTags(html: string): string {
  const open: string[] = [];
  const shown = html.replaceAll(/<(\/?)([a-z]+)[^<>]*>/gi, (_, closing, tag) => {
    if (!/^(b|strong|i|em|u|s|a|code|pre|blockquote)$/i.test(tag))
      throw badRequest(`can't parse entities: Unsupported start tag "${tag}"`);
    if (!closing) open.push(tag);
    else if (open.pop() !== tag) throw badRequest("can't parse entities: unexpected end tag");
    return "";
  });
  if (open.length > 0) throw badRequest(`can't parse entities: Can't find end tag of "${open[0]}"`);
  if (/[<>]/.test(shown)) throw badRequest("can't parse entities: Unsupported start tag");
  return shown
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function keyboardOf({ reply_markup }: Params): InlineKeyboardMarkup | undefined {
  const given = typeof reply_markup === "string" ? JSON.parse(reply_markup) : reply_markup;
  const keyboard = given as InlineKeyboardMarkup | undefined;
  if (!keyboard?.inline_keyboard) return undefined;
  const all = keyboard.inline_keyboard.flat();
  for (const button of all) requireButton(button);
  if (all.length > 100) throw badRequest("reply markup is too long");
  return keyboard;
}

function requireButton(button: InlineKeyboardMarkup["inline_keyboard"][number][number]): void {
  if (!button.text) throw badRequest("inline keyboard button text must be non-empty");
  if ("callback_data" in button) {
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > 64) throw badRequest("BUTTON_DATA_INVALID");
    return;
  }
  if (!("url" in button)) throw badRequest("Text buttons are unallowed in the inline keyboard");
  // A machine's bare name is no address for Telegram.
  if (!/^(https?:\/\/[^/]*\.|tg:\/\/)/.test(button.url))
    throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
}

const rowsOf = (keyboard: InlineKeyboardMarkup | undefined) => keyboard?.inline_keyboard ?? [];
const wordsOn = (keyboard: InlineKeyboardMarkup | undefined) =>
  rowsOf(keyboard).map((row) => row.map(({ text }) => text));

/** A message as the API tells it. */
export function asMessage({ bot }: World, { person }: Chat, message: Shown): Message {
  const { id, is_bot: _, language_code: __, ...names } = person;
  const told = {
    message_id: message.id,
    from: message.from === "bot" ? bot : person,
    chat: { id, type: "private", ...names },
    date: Math.floor(message.at / 1_000),
    text: message.text,
    ...(rowsOf(message.keyboard).length > 0 && { reply_markup: message.keyboard }),
    ...(message.edits > 0 && { edit_date: Math.floor(message.at / 1_000) }),
    ...(message.text.startsWith("/") && { entities: commandIn(message.text) }),
  };
  return told as unknown as Message;
}

const commandIn = (text: string) => [
  { type: "bot_command", offset: 0, length: text.split(/\s/, 1)[0]?.length ?? 0 },
];
