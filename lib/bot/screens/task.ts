import type { Task } from "../answers-model";
import type { Button, Drawn } from "../model";
import { backButton, button, inPairs, momentText, pageButtons, type Sight } from "../sight";

/** One task with all that may be done with it. Who looks at it has read what is new in it. */
export async function taskScreen(sight: Sight, id: string): Promise<Drawn> {
  const [task] = await Promise.all([sight.office.task(id), sight.office.seeTask(id)]);
  return { text: taskText(sight, task), rows: [...actsOf(sight, task), [backButton(sight)]] };
}

function taskText(sight: Sight, task: Task): string {
  const { t } = sight;
  const { title, text, due_at, done_at, is_done, assignees, steps, priority } = task;
  const names = assignees.map(({ name }) => name).join(", ");
  const isLate = !is_done && due_at !== null && new Date(due_at) < sight.clock();
  const facts = [
    t("bot.facts.list", { name: task.category_name }),
    due_at && t(isLate ? "bot.facts.late" : "bot.facts.due", { at: momentText(sight, due_at) }),
    t("bot.facts.assignees", { names: names || t("bot.nobody") }),
    priority !== "normal" && t(`bot.priority.${priority}`),
    task.comments_count > 0 && t("bot.facts.comments", { count: task.comments_count }),
    is_done && done_at && t("bot.facts.done", { at: momentText(sight, done_at) }),
  ];
  const checklist = steps.map((step) => `${step.is_done ? "☑" : "☐"} ${step.text}`);
  return [
    `${is_done ? "✓ " : ""}${title}`,
    facts.filter(Boolean).join("\n"),
    checklist.join("\n"),
    text,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function actsOf({ t }: Sight, { id: task, is_done, may }: Task): Button[][] {
  const done = may.complete
    ? [
        button(is_done ? t("bot.reopen") : t("bot.complete"), {
          do: { act: is_done ? "reopen" : "complete", task },
        }),
      ]
    : [];
  const change = may.change
    ? [
        button(t("bot.assign"), { open: { name: "assign", task, page: 1 } }),
        button(t("bot.due"), { open: { name: "due", task } }),
        button(t("bot.rename"), { open: { name: "ask", wanted: { what: "title", task } } }),
      ]
    : [];
  const remove = may.delete
    ? [button(t("bot.delete"), { open: { name: "delete-task", task } })]
    : [];
  return [done, ...inPairs([...change, ...remove])].filter((row) => row.length > 0);
}

/** Asks once. */
export async function deleteTaskScreen({ office, t }: Sight, task: string): Promise<Drawn> {
  const { title } = await office.task(task);
  return {
    text: t("bot.deleteTaskAsked", { title }),
    rows: [
      [
        button(t("bot.deleteSure"), { do: { act: "delete", task }, back: 2 }),
        button(t("bot.cancel"), { back: 1 }),
      ],
    ],
  };
}

/** Whose task it is: each name gives or takes it. */
export async function assignScreen(sight: Sight, task: string, page: number): Promise<Drawn> {
  const { office, t, user } = sight;
  const [{ title, assignees }, { count, results }] = await Promise.all([
    office.task(task),
    office.people(page),
  ]);
  const chosen = assignees.map(({ id }) => id);
  const at = (other: number) => ({ name: "assign", task, page: other }) as const;
  return {
    text: `${title}\n${t("bot.assignAsked")}`,
    rows: [
      ...results.map(({ id, name }) => {
        const has = chosen.includes(id);
        const text = `${has ? "✓ " : ""}${id === user.id ? t("bot.me", { name }) : name}`;
        return [button(text, { do: { act: "assign", task, user: id, isTheirs: !has } })];
      }),
      ...pageButtons(count, page, at),
      [button(t("bot.ready"), { back: 1 })],
    ],
  };
}
