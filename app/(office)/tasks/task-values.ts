import { type Priority, priorities } from "@/lib/tasks/model";
import type { TaskDetail } from "./task-detail";
import { typedDue } from "./typed-due";

/** What the form of a task holds. */
export type Values = {
  title: string;
  text: string;
  due: string | null;
  priority: Priority;
  categoryId: string;
  userIds: string[];
};

export const shownOf = (task: TaskDetail): Values => ({
  ...{ title: task.title, text: task.text, due: task.dueLocal || null, priority: task.priority },
  ...{ categoryId: task.categoryId, userIds: task.assignees.map(({ id }) => id).sort() },
});

export function valuesOf(form: HTMLFormElement): Values {
  const given = new FormData(form);
  const field = (name: string) => String(given.get(name) ?? "");
  return {
    ...{ title: field("title"), text: field("text"), due: typedDue(form) },
    priority: priorities.find((one) => one === field("priority")) ?? "normal",
    ...{ categoryId: field("list"), userIds: given.getAll("person").map(String).sort() },
  };
}

export const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one) === JSON.stringify(other);

/** What the person has changed, and nothing of what others may have meanwhile. */
export function changedIn(before: Values, now: Values): Partial<Values> {
  const isOther = ([name, value]: [string, unknown]) =>
    !isSame(value, before[name as keyof Values]);
  return Object.fromEntries(Object.entries(now).filter(isOther));
}

/** Puts what has come from elsewhere into the fields in which the person has typed nothing. */
export function takeOver(form: HTMLFormElement, before: Values, fresh: Values): void {
  const typed = valuesOf(form);
  const put = (name: string, value: string) => {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) field.value = value;
  };
  if (typed.title === before.title) put("title", fresh.title);
  if (typed.text === before.text) put("text", fresh.text);
  if (typed.due === before.due) put("due", fresh.due ?? "");
  if (typed.priority === before.priority) put("priority", fresh.priority);
  if (typed.categoryId === before.categoryId) put("list", fresh.categoryId);
  for (const box of form.querySelectorAll<HTMLInputElement>("input[name=person]"))
    if (box.checked === before.userIds.includes(box.value))
      box.checked = fresh.userIds.includes(box.value);
}
