import type { Tx } from "@/lib/db/client";
import type { NoticeKind } from "@/lib/notices/model";
import { type NewNotice, resolveNotices } from "@/lib/notices/queries";
import { closeForStrangers, closeNews } from "./notice-queries";

export const taskNotices = [
  "task_assigned",
  "task_commented",
  "task_soon",
  "task_due",
] as const satisfies NoticeKind[];
export type TaskNotice = (typeof taskNotices)[number];

const aboutOf = (task: string, userId: string) => `${task}:${userId}`;

type News = { task: string; title: string; userId: string; params?: NewNotice["params"] };

/** A piece of news of a task for one person; it is news again if they have not read the former. */
export const newsOf = (kind: TaskNotice, news: News, at: Date): NewNotice => ({
  kind,
  about: aboutOf(news.task, news.userId),
  severity: kind === "task_due" ? "warning" : "info",
  userId: news.userId,
  params: { ...news.params, task: news.task, title: news.title },
  renewedAt: at,
});

/** Of a task that is done: what was said of it is still news to who has not read it. */
export const endedNews = ["task_assigned", "task_soon", "task_due"] as const satisfies TaskNotice[];

/** Nobody is told of these any more: the tasks are done, or gone, or due at another time. */
export const forgetNews = (
  tx: Tx,
  { tasks, kinds = taskNotices }: { tasks: readonly string[]; kinds?: readonly TaskNotice[] },
  now: Date,
): Promise<void> => closeNews(tx, { tasks, kinds }, now);

/** Nothing of the tasks is told to who does not see them any more, nor of deadlines to whose they are not. */
export const forgetStrangers = (tx: Tx, tasks: readonly string[], now: Date): Promise<void> =>
  closeForStrangers(tx, { tasks, kinds: taskNotices, ofDoers: endedNews }, now);

/** One person needs not be told any more. */
export function forgetNewsFor(
  tx: Tx,
  { task, userIds }: { task: string; userIds: readonly string[] },
  now: Date,
  kinds: readonly TaskNotice[] = taskNotices,
): Promise<void> {
  const abouts = userIds.map((userId) => aboutOf(task, userId));
  return resolveNotices(tx, kinds, abouts, now);
}

/** Their deadlines have come: that they come soon is no news any more. */
export function forgetSoon(
  tx: Tx,
  due: readonly { id: string; userId: string }[],
  now: Date,
): Promise<void> {
  const abouts = due.map(({ id, userId }) => aboutOf(id, userId));
  return resolveNotices(tx, ["task_soon"], abouts, now);
}
