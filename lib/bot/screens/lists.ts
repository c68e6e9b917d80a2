import type { Drawn } from "../model";
import { backButton, button, pageButtons, type Sight } from "../sight";

/** All lists of tasks the person sees. */
export async function listsScreen(sight: Sight, page: number): Promise<Drawn> {
  const { office, t } = sight;
  const { count, results } = await office.categories(page);
  return {
    text: count === 0 ? t("bot.noLists") : t("bot.lists"),
    rows: [
      ...results.map(({ id, name, open_count }) => [
        button(t("bot.listLine", { name, count: open_count }), {
          open: { name: "tasks", of: { view: "list", list: id }, page: 1 },
        }),
      ]),
      ...pageButtons(count, page, (other) => ({ name: "lists", page: other })),
      [button(t("bot.addList"), { open: { name: "ask", wanted: { what: "list" } } })],
      [backButton(sight)],
    ],
  };
}

/** Into which list a new task goes. */
export async function chooseListScreen(sight: Sight, page: number): Promise<Drawn> {
  const { office, t } = sight;
  const { count, results } = await office.categories(page);
  const writable = results.filter(({ rights }) => rights !== "view");
  return {
    text: count === 0 ? t("bot.noLists") : t("bot.chooseList"),
    rows: [
      ...writable.map(({ id, name }) => [
        button(name, { turn: { name: "ask", wanted: { what: "task", list: id } } }),
      ]),
      ...pageButtons(count, page, (other) => ({ name: "choose-list", page: other })),
      [button(t("bot.addList"), { turn: { name: "ask", wanted: { what: "list" } } })],
      [backButton(sight)],
    ],
  };
}
