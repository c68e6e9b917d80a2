import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { taskCategories as categories, taskChanges, taskComments } from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { Change, Comment } from "./model";
import { listsSeen } from "./reach-queries";

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

/** What became of a task in sight, the newest first. A list is named to who sees it. */
export async function listChanges(
  tx: Tx,
  caller: Pick<Caller, "id">,
  taskId: string,
  page = everything,
): Promise<Change[]> {
  const { id, at, what, details } = taskChanges;
  const seen = inArray(categories.id, listsSeen(tx, caller));
  const isList = sql`${categories.id} = ${details} ->> 'list'`;
  const rows = await tx
    .select({ id, at, user, what, details, to: categories.name })
    .from(taskChanges)
    .leftJoin(users, eq(users.id, taskChanges.userId))
    .leftJoin(categories, and(isList, seen))
    .where(eq(taskChanges.taskId, taskId))
    .orderBy(desc(at), desc(id))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(({ to, ...row }) => {
    if (row.what !== "moved") return row;
    return { ...row, details: to === null ? {} : { list: row.details.list, to } };
  });
}

export const countChanges = (tx: Tx, taskId: string): Promise<number> =>
  tx.$count(taskChanges, eq(taskChanges.taskId, taskId));
