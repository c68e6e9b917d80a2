import { dayStart, instantAt, localText } from "@/lib/core/local-time";
import { formatDayTime, formatTime } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { mayChange, mayComplete, type Priority, type TaskRow } from "@/lib/tasks/model";

/** Who reads, when and by which clock. */
export type TaskReader = { t: Translator; locale: Locale; timeZone: string; now: Date };

/** A task as a row of the list shows it: plain, and in the reader's words. */
export type TaskLine = {
  id: string;
  title: string;
  isDone: boolean;
  due: string | null;
  isOverdue: boolean;
  priority: Priority;
  categoryId: string;
  listName: string;
  people: string;
  steps: string | null;
  comments: string | null;
  mayChange: boolean;
  mayComplete: boolean;
};

/** A deadline by the reader's days: «завтра, 18:00». */
export function dueText(at: Date, { t, locale, timeZone, now }: TaskReader): string {
  const time = formatTime(at, timeZone);
  const begins = (days: number) => dayStart(now, timeZone, days);
  if (at < begins(-1) || at >= begins(2)) return formatDayTime(at, { locale, timeZone });
  if (at < begins(0)) return t("tasks.due.yesterday", { time });
  return at < begins(1) ? t("tasks.due.today", { time }) : t("tasks.due.tomorrow", { time });
}

export function taskLine(row: TaskRow, reader: TaskReader): TaskLine {
  const { t, now } = reader;
  const { dueAt, steps, comments } = row;
  const done = steps.filter(({ isDone }) => isDone).length;
  return {
    id: row.id,
    title: row.title,
    isDone: row.doneAt !== null,
    due: dueAt && dueText(dueAt, reader),
    isOverdue: row.doneAt === null && dueAt !== null && dueAt < now,
    priority: row.priority,
    categoryId: row.categoryId,
    listName: row.categoryName,
    people: row.assignees.map(({ name }) => name).join(", "),
    steps: steps.length > 0 ? t("tasks.row.steps", { done, count: steps.length }) : null,
    comments: comments > 0 ? t("tasks.row.comments", { count: comments }) : null,
    mayChange: mayChange(row),
    mayComplete: mayComplete(row),
  };
}

export type DueChips = { today: string | null; tomorrow: string; week: string };

/** What the quick deadlines are, as a form types them; this evening is none when it has begun. */
export function dueChips(now: Date, timeZone: string): DueChips {
  const evening = (days: number) =>
    `${localText(dayStart(now, timeZone, days), timeZone).slice(0, 10)}T18:00`;
  const isOver = instantAt(evening(0), timeZone) <= now;
  return { today: isOver ? null : evening(0), tomorrow: evening(1), week: evening(7) };
}
