import { translator } from "@/lib/i18n/translator";
import type { Heard } from "./answer-update";
import type { Bot } from "./bot";
import { goOn } from "./go-on";
import { readDialog } from "./model";
import { OfficeRefusal } from "./office-call";

/** What a button that answers «link here all the same» carries. */
export const RELINK = "relink";

/**
 * Links the account of who shows a token. One that is linked to somebody already is asked first; what is wrong
 * with the token is said in the office's words.
 */
export async function link(bot: Bot, heard: Heard, token: string): Promise<void> {
  const { telegramId, updateId, locale } = heard;
  try {
    await welcome(bot, heard, { token, replace: false });
  } catch (error) {
    if (!(error instanceof OfficeRefusal)) throw error;
    const t = translator(locale);
    if (error.code !== "account_linked") {
      await bot.telegram.send(telegramId, { text: `${error.text}\n${t("bot.unknown")}` });
      return;
    }
    const { state } = await bot.desk.dialog(telegramId);
    const kept = { ...readDialog(state), token };
    await bot.desk.saveDialog(telegramId, { state: kept, update_id: updateId });
    const buttons = [[{ text: t("bot.relink"), data: RELINK }]];
    await bot.telegram.send(telegramId, { text: error.text, buttons });
  }
}
