import { translator } from "@/lib/i18n/translator";
import type { Bot } from "./bot";
import { openScreen } from "./go-on";
import type { Heard } from "./heard";
import { OfficeRefusal } from "./office-call";

/** What the button «here all the same» carries, with the token: we keep it nowhere. 39 bytes, Telegram takes 64. */
const relinkOf = (token: string) => `relink:${token}`;

/** The token of such a button; null: it is none. */
export function readRelink(data: string): string | null {
  return /^relink:([\w-]{1,57})$/.exec(data)?.[1] ?? null;
}

/**
 * Links the account of who shows a token. One that is linked with somebody already is asked first; what is wrong
 * with a token is said in the language of their Telegram: whose it would have been is not known.
 */
export async function link(bot: Bot, heard: Heard, token: string): Promise<void> {
  const { telegram } = bot;
  const { telegramId, locale } = heard;
  const t = translator(locale);
  try {
    await confirm(bot, heard, token);
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error;
    if (error.code !== "account_linked_elsewhere") return refuse(bot, heard, error);
    const buttons = [[{ text: t("bot.relink"), data: relinkOf(token) }]];
    await telegram.send(telegramId, { text: t("errors.account_linked_elsewhere"), buttons });
  }
}

/** The person says that the account is to be linked anew. */
export async function relink(
  bot: Bot,
  heard: Heard,
  { press, token }: { press: NonNullable<Heard["press"]>; token: string },
): Promise<void> {
  const { telegram } = bot;
  await telegram.answerPress(press.id);
  await telegram.edit(heard.telegramId, press.messageId, { text: press.text });
  try {
    await confirm(bot, heard, token, { replace: true });
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error;
    await refuse(bot, heard, error);
  }
}

async function refuse(
  { telegram }: Bot,
  { telegramId, locale }: Heard,
  { code, text }: OfficeRefusal,
): Promise<void> {
  const t = translator(locale);
  const why =
    code === "token_wrong" || code === "token_late" || code === "token_used"
      ? t(`errors.${code}`)
      : text;
  const how = t("bot.howToLink", { button: t("telling.panel.link"), command: "/start" });
  await telegram.send(telegramId, { text: `${why}\n\n${how}` });
}

async function confirm(bot: Bot, heard: Heard, token: string, given: { replace?: true } = {}) {
  const { telegramId, username } = heard;
  const shown = { token, telegram_id: telegramId, ...(username && { username }), ...given };
  const { user } = await bot.desk.confirm(shown);
  const text = translator(user.locale)("bot.linked", { name: user.name });
  await bot.telegram.send(telegramId, { text });
  await openScreen(bot, heard, user, { name: "home" });
}
