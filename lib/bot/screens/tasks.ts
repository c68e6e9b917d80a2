import type { Button, Drawn, Screen, TaskView } from "../model";
import { backButton, button, pageButtons, type Sight, taskLine } from "../sight";
import { queryOf } from "../task-query";

/** A list of tasks, each a button that opens it. */
export async function tasksScreen(sight: Sight, of: TaskView, page: number): Promise<Drawn> {
  const { office, t } = sight;
  const [{ count, results }, title] = await Promise.all([
    office.tasks({ ...queryOf(sight, of), page }),
    titleOf(sight, of),
  ]);
  const at = (other: number): Screen => ({ name: "tasks", of, page: other });
  return {
    text: `${title.text}\n${count === 0 ? t("bot.noTasks") : t("bot.tasksCount", { count })}`,
    rows: [
      ...results.map((task) => [
        button(taskLine(sight, task), { open: { name: "task", task: task.id } }),
      ]),
      ...pageButtons(count, page, at),
      ...title.rows,
      [backButton(sight)],
    ],
  };
}

async function titleOf(
  { office, t }: Sight,
  of: TaskView,
): Promise<{ text: string; rows: Button[][] }> {
  if (of.view !== "list" && of.view !== "done")
    return { text: t(`bot.titles.${of.view}`), rows: [] };
  const { name, rights } = await office.category(of.list);
  if (of.view === "done") return { text: t("bot.doneOf", { name }), rows: [] };
  const add = button(t("bot.addTask"), {
    open: { name: "ask", wanted: { what: "task", list: of.list } },
  });
  const more = button(t("bot.more"), { open: { name: "list", list: of.list } });
  return { text: name, rows: [rights === "view" ? [more] : [add, more]] };
}
