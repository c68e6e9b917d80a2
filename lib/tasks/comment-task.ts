import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { raiseNotices } from "@/lib/notices/queries";
import type { TaskAccess } from "./access";
import type { Comment } from "./model";
import { listeners } from "./notice-queries";
import { forgetNewsFor, newsOf } from "./task-notices";
import { insertComment, lockTask } from "./write-queries";

/** Anybody who sees a task may say something of it; who has to do with it hears that. Throws `not_found`. */
export function commentTask(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, text }: { taskId: string; text: string },
): Promise<Comment> {
  return db.transaction(async (tx) => {
    const task = await lockTask(tx, caller, taskId);
    const now = clock();
    const id = await insertComment(tx, { taskId, userId: caller.id, text, at: now });
    const people = await listeners(tx, taskId, caller.id);
    const news = { task: taskId, title: task.title, params: { by: caller.name, text: cut(text) } };
    await raiseNotices(
      tx,
      people.map((userId) => newsOf("task_commented", { ...news, userId }, now)),
    );
    const entry = { at: now, userId: caller.id, subjectId: taskId };
    await audit(tx, { ...entry, action: "task.commented" });
    return { id, user: { id: caller.id, name: caller.name }, text, at: now };
  });
}

/** The beginning: the whole is on the task's page. */
const cut = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

/** Somebody has opened the task: what was news of it to them is read. Throws `not_found`. */
export function seeTask({ db, clock }: TaskAccess, caller: Caller, taskId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockTask(tx, caller, taskId);
    const theirs = { task: taskId, userIds: [caller.id] };
    await forgetNewsFor(tx, theirs, clock(), ["task_assigned", "task_commented"]);
  });
}
