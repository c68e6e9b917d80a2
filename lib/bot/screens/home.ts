import type { Drawn } from "../model";
import { button, type Sight } from "../sight";
import { queryOf } from "../task-query";

/** Where everything begins: what waits for the person, and the ways on. */
export async function homeScreen(sight: Sight): Promise<Drawn> {
  const { office, t, user } = sight;
  const counted = (view: "mine" | "today" | "overdue") =>
    office.tasks({ ...queryOf(sight, { view }), page_size: 1 }).then(({ count }) => count);
  const [mine, today, overdue] = await Promise.all([
    counted("mine"),
    counted("today"),
    counted("overdue"),
  ]);
  const views = [
    ["mine", mine],
    ["today", today],
    ["overdue", overdue],
  ] as const;
  return {
    text: `${t("bot.hello", { name: user.name })}\n${t("bot.waits", { mine, today, overdue })}`,
    rows: [
      ...views.map(([view, count]) => [
        button(t(`bot.views.${view}`, { count }), {
          open: { name: "tasks", of: { view }, page: 1 },
        }),
      ]),
      [button(t("bot.lists"), { open: { name: "lists", page: 1 } })],
      [
        button(t("bot.addTask"), { open: { name: "choose-list", page: 1 } }),
        button(t("bot.settings"), { open: { name: "settings" } }),
      ],
    ],
  };
}
