import type { Tx } from "@/lib/db/client";
import type { NoticeKind } from "@/lib/notices/model";
import { type NewNotice, resolveNotices } from "@/lib/notices/queries";
import { whoEver } from "./notice-queries";

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

/** Nobody is told of these any more: the tasks are done, or gone, or due at another time. */
export async function forgetNews(
  tx: Tx,
  { tasks, kinds = taskNotices }: { tasks: readonly string[]; kinds?: readonly TaskNotice[] },
  now: Date,
): Promise<void> {
  const people = await whoEver(tx);
  const abouts = tasks.flatMap((task) => people.map((userId) => aboutOf(task, userId)));
  await resolveNotices(tx, kinds, abouts, now);
}

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
