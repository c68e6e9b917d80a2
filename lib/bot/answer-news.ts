import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, narrow } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import type { Button } from "@/lib/telegram/client";
import { type NewsPress, newsPressOf } from "@/lib/telegram/news-press-model";
import type { OfficeUser, Telling } from "./answers-model";
import type { Bot } from "./bot";
import { messageText } from "./cut-text";
import { openScreen } from "./go-on";
import type { Heard } from "./heard";
import type { Screen } from "./model";
import type { Office } from "./office";
import { OfficeRefusal } from "./office-call";

type Pressed = {
  user: OfficeUser;
  news: NewsPress;
  press: NonNullable<Heard["press"]>;
};

/** `stands`: nothing was done, and what is below the news stays as it is; `asks`: another price waits. */
type Outcome =
  | { kind: "did" | "stands"; said: string }
  | { kind: "asks"; said: string; buttons: Button[][] };

/**
 * A button below a piece of news. What is done is done by the office as of this moment; the message then says
 * what came of it and has no buttons, so that a second press finds nothing to press. A price is answered only
 * if it is the very one that stood above the button.
 */
export async function answerNews(bot: Bot, heard: Heard, pressed: Pressed): Promise<void> {
  const { user, news, press } = pressed;
  const { telegramId, updateId } = heard;
  const office = bot.desk.as(telegramId, `telegram-${updateId}`);
  const open = async (screen: Screen) => {
    await bot.telegram.answerPress(press.id);
    await openScreen(bot, heard, user, screen);
  };
  if (news.verb === "list") return open({ name: "tasks", of: { view: "overdue" }, page: 1 });
  const telling = await office.telling(news.telling);
  if (news.verb === "open" && telling.task_id) return open({ name: "task", task: telling.task_id });
  const outcome = await outcomeOf(office, telling, pressed);
  await bot.telegram.answerPress(press.id, outcome.said);
  if (outcome.kind === "stands") return;
  await bot.telegram.edit(telegramId, press.messageId, {
    text: messageText([press.text, outcome.said].filter(Boolean).join("\n\n")),
    ...(outcome.kind === "asks" && { buttons: outcome.buttons }),
  });
}

async function outcomeOf(office: Office, telling: Telling, pressed: Pressed): Promise<Outcome> {
  const { user, news } = pressed;
  const t = translator(user.locale);
  try {
    if (telling.task_id && news.verb === "done") {
      await office.complete(telling.task_id);
      return { kind: "did", said: t("bot.did.complete") };
    }
    if (news.verb === "accept" || news.verb === "reject")
      return await priceOutcome(office, telling, { verb: news.verb, ...pressed });
    return { kind: "stands", said: t("bot.stale") };
  } catch (error) {
    // What is refused may pass: the buttons stay.
    if (error instanceof OfficeRefusal && error.status !== 429)
      return { kind: "stands", said: error.text };
    throw error;
  }
}

async function priceOutcome(
  office: Office,
  { decision_id, price, price_before }: Telling,
  { verb, user, news }: Pressed & { verb: "accept" | "reject" },
): Promise<Outcome> {
  const t = translator(user.locale);
  if (decision_id === null || price === null)
    return { kind: "stands", said: t("bot.priceAnswered") };
  if (price !== news.price) {
    const button = (to: "accept" | "reject") => ({
      text: t(`telling.button.${to}`),
      data: newsPressOf(news.telling, to, price),
    });
    const said = t("bot.priceChanged", {
      before: moneyText(price_before, user.locale),
      wanted: moneyText(price, user.locale),
    });
    return { kind: "asks", said: narrow(said), buttons: [[button("accept"), button("reject")]] };
  }
  const { text } = await office.answerPrice(decision_id, verb === "accept" ? "approve" : "reject");
  return { kind: "did", said: asSentence(text) };
}

const moneyText = (amount: number | null, locale: Locale) =>
  amount === null ? "—" : formatMoney(amount, locale);

/** In the office it stands behind the name of the product. */
const asSentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
