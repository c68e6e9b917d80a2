import { asc, desc, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { taskChanges, taskComments } from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { Change, Comment } from "./model";

type Page = { limit: number; offset: number };
const everything: Page = { limit: 1_000, offset: 0 };
const user = { id: users.id, name: users.name };

/** What was said of a task in sight, the oldest first. */
export function listComments(tx: Tx, taskId: string, page = everything): Promise<Comment[]> {
  const { id, text, at } = taskComments;
  return tx
    .select({ id, user, text, at })
    .from(taskComments)
    .leftJoin(users, eq(users.id, taskComments.userId))
    .where(eq(taskComments.taskId, taskId))
    .orderBy(asc(at), asc(id))
    .limit(page.limit)
    .offset(page.offset);
}

export const countComments = (tx: Tx, taskId: string): Promise<number> =>
  tx.$count(taskComments, eq(taskComments.taskId, taskId));

/** What became of a task in sight, the newest first. */
export function listChanges(tx: Tx, taskId: string, page = everything): Promise<Change[]> {
  const { id, at, what, details } = taskChanges;
  return tx
    .select({ id, at, user, what, details })
    .from(taskChanges)
    .leftJoin(users, eq(users.id, taskChanges.userId))
    .where(eq(taskChanges.taskId, taskId))
    .orderBy(desc(at), desc(id))
    .limit(page.limit)
    .offset(page.offset);
}

export const countChanges = (tx: Tx, taskId: string): Promise<number> =>
  tx.$count(taskChanges, eq(taskChanges.taskId, taskId));
