import type { Drawn } from "../model";
import { backButton, button, type Sight } from "../sight";

/** What may be done with a list itself. */
export async function listScreen(sight: Sight, list: string): Promise<Drawn> {
  const { office, t } = sight;
  const { name, rights, open_count, overdue_count } = await office.category(list);
  const own =
    rights === "owner"
      ? [
          [
            button(t("bot.rename"), { open: { name: "ask", wanted: { what: "name", list } } }),
            button(t("bot.delete"), { open: { name: "delete-list", list } }),
          ],
        ]
      : [];
  return {
    text: `${name}\n${t("bot.listCounts", { open: open_count, overdue: overdue_count })}`,
    rows: [
      [
        button(t("bot.doneTasks"), {
          open: { name: "tasks", of: { view: "done", list }, page: 1 },
        }),
      ],
      ...own,
      [backButton(sight)],
    ],
  };
}

/** Asks once: with the list its tasks go. */
export async function deleteListScreen({ office, t }: Sight, list: string): Promise<Drawn> {
  const { name } = await office.category(list);
  return {
    text: t("bot.deleteListAsked", { name }),
    rows: [
      [
        // To where lists are chosen: the list's own screens go with it.
        button(t("bot.deleteSure"), { do: { act: "delete-list", list }, back: 3 }),
        button(t("bot.cancel"), { back: 1 }),
      ],
    ],
  };
}
