import { translator } from "@/lib/i18n/translator";
import type { Bot } from "./bot";
import { openScreen } from "./go-on";
import type { Heard } from "./heard";
import { readDialog } from "./model";
import { OfficeRefusal } from "./office-call";

/** What the button «here all the same» carries. */
export const RELINK = "relink";

/**
 * Links the account of who shows a token. One that is linked with somebody already is asked first; what is wrong
 * with a token is said in the office's words.
 */
export async function link(bot: Bot, heard: Heard, token: string): Promise<void> {
  const { telegram, desk } = bot;
  const { telegramId, updateId, locale } = heard;
  const t = translator(locale);
  try {
    await confirm(bot, heard, token);
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error;
    if (error.code !== "account_linked_elsewhere") {
      await telegram.send(telegramId, { text: `${error.text}\n\n${t("bot.howToLink")}` });
      return;
    }
    const { state } = await desk.dialog(telegramId);
    const kept = { ...readDialog(state), token };
    await desk.saveDialog(telegramId, { state: kept, update_id: updateId });
    const buttons = [[{ text: t("bot.relink"), data: RELINK }]];
    await telegram.send(telegramId, { text: error.text, buttons });
  }
}

/** The person says that the account is to be linked anew: the token they showed is still in their dialog. */
export async function relink(bot: Bot, heard: Heard, press: NonNullable<Heard["press"]>) {
  const { telegram, desk } = bot;
  const { telegramId, locale } = heard;
  const t = translator(locale);
  const { token } = readDialog((await desk.dialog(telegramId)).state);
  if (token === undefined) return telegram.answerPress(press.id, t("bot.stale"));
  await telegram.answerPress(press.id);
  await telegram.edit(telegramId, press.messageId, { text: press.text });
  try {
    await confirm(bot, heard, token, { replace: true });
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error;
    await telegram.send(telegramId, { text: `${error.text}\n\n${t("bot.howToLink")}` });
  }
}

async function confirm(bot: Bot, heard: Heard, token: string, given: { replace?: true } = {}) {
  const { telegramId, username } = heard;
  const shown = { token, telegram_id: telegramId, ...(username && { username }), ...given };
  const { user } = await bot.desk.confirm(shown);
  const text = translator(user.locale)("bot.linked", { name: user.name });
  await bot.telegram.send(telegramId, { text });
  await openScreen(bot, heard, user, { name: "home" });
}
