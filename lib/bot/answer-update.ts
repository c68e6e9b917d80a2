import type { Update } from "grammy/types";
import { isAppError } from "@/lib/core/errors";
import { keptLately } from "@/lib/core/kept-lately";
import { MINUTE } from "@/lib/core/time";
import { translator } from "@/lib/i18n/translator";
import { log } from "@/lib/log";
import { readNewsPress } from "@/lib/telegram/news-press-model";
import { answerNews } from "./answer-news";
import type { OfficeUser } from "./answers-model";
import type { Bot } from "./bot";
import { goOn } from "./go-on";
import { type Heard, heardIn } from "./heard";
import { link, readRelink, relink } from "./link";
import { OfficeAway, OfficeRefusal } from "./office-call";

/**
 * Answers one update. The same update again does nothing: what has come of it is kept with its number. Whatever
 * goes wrong is told to who asked; it throws only what Telegram throws and what may be otherwise another time.
 */
export async function answerUpdate(bot: Bot, update: Update): Promise<void> {
  const heard = heardIn(update);
  if (!heard) return;
  await unlessForGood(heard, () => sayingSorry(bot, heard, () => answer(bot, heard)));
}

/** What the office does not answer, or refuses, is said to who has asked, in the language that is known of them. */
async function sayingSorry(bot: Bot, heard: Heard, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OfficeAway || error instanceof OfficeRefusal)) throw error;
    log.warn({ update: heard.updateId, err: error }, "the office did not answer the bot");
    await apologise(bot, heard, error);
  }
}

/** Who has blocked the bot has nobody to be answered, and what Telegram refuses it refuses again. */
async function unlessForGood({ updateId }: Heard, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isAppError(error, "telegram_blocked")) return;
    if (!isAppError(error, "telegram_refused")) throw error;
    log.error({ err: error, update: updateId }, "Telegram refused an answer");
  }
}

async function answer(bot: Bot, heard: Heard): Promise<void> {
  const token = heard.said === null ? null : tokenIn(heard.said);
  if (token !== null) return link(bot, heard, token);
  const shown = heard.press && readRelink(heard.press.data);
  if (shown && heard.press) return relink(bot, heard, { press: heard.press, token: shown });
  const user = await whoIs(bot, heard.telegramId);
  if (user === null) return refuse(bot, heard);
  const { press } = heard;
  const news = press && readNewsPress(press.data);
  await sayingSorry(bot, { ...heard, locale: user.locale }, () =>
    news ? answerNews(bot, heard, { user, news, press }) : goOn(bot, heard, user),
  );
}

/** `/start <token>`, as the link sends it and as people type it. */
function tokenIn(said: string): string | null {
  const [, token] = /^\/start(?:@\w+)?\s+(\S+)\s*$/.exec(said) ?? [];
  return token ?? null;
}

async function whoIs({ desk }: Bot, telegramId: number): Promise<OfficeUser | null> {
  try {
    return await desk.user(telegramId);
  } catch (error) {
    if (error instanceof OfficeRefusal && error.status === 404) return null;
    throw error;
  }
}

/** Whoever goes on writing is not answered each time: what Telegram takes is for people of the office. */
const hinted = keptLately<number>("telegram hints", { ms: MINUTE, most: 1_000 });

/** Nobody here: how to be linked, and nothing else. */
async function refuse(
  { telegram, clock }: Bot,
  { telegramId, locale, press }: Heard,
): Promise<void> {
  const t = translator(locale);
  if (press) return telegram.answerPress(press.id, t("bot.unknown"));
  const how = t("bot.howToLink", { button: t("telling.panel.link"), command: "/start" });
  const hint = { text: `${t("bot.onlyOurs")} ${how}` };
  await hinted.get(String(telegramId), clock(), () => telegram.send(telegramId, hint));
}

async function apologise(
  { telegram }: Bot,
  { telegramId, locale, press }: Heard,
  error: OfficeAway | OfficeRefusal,
): Promise<void> {
  const text = error instanceof OfficeRefusal ? error.text : translator(locale)("bot.away");
  if (press) return telegram.answerPress(press.id, text);
  await telegram.send(telegramId, { text });
}
