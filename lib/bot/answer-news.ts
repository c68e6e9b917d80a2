import { translator } from "@/lib/i18n/translator";
import type { OfficeUser, Telling } from "./answers-model";
import type { Bot } from "./bot";
import { openScreen } from "./go-on";
import type { Heard } from "./heard";
import type { Screen } from "./model";
import type { Office } from "./office";
import { OfficeRefusal } from "./office-call";
import type { NewsVerb } from "@/lib/telegram/news-press-model";

type Pressed = {
  user: OfficeUser;
  news: { telling: string; verb: NewsVerb };
  press: NonNullable<Heard["press"]>;
};

/**
 * A button below a piece of news. What is done is done by the office as of this moment; the message then says
 * what came of it and has no buttons, so that a second press finds nothing to press.
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
  await bot.telegram.answerPress(press.id, outcome);
  await bot.telegram.edit(telegramId, press.messageId, {
    text: [press.text, outcome].filter(Boolean).join("\n\n"),
  });
}

async function outcomeOf(
  office: Office,
  { task_id, decision_id }: Telling,
  { user, news }: Pressed,
): Promise<string> {
  const t = translator(user.locale);
  try {
    if (task_id && news.verb === "done") {
      await office.complete(task_id);
      return t("bot.did.complete");
    }
    if (decision_id && (news.verb === "accept" || news.verb === "reject")) {
      const answer = news.verb === "accept" ? "approve" : "reject";
      return (await office.answerPrice(decision_id, answer)).text;
    }
    return t("bot.stale");
  } catch (error) {
    if (error instanceof OfficeRefusal && error.status !== 429) return error.text;
    throw error;
  }
}
