import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  categoryMembers as members,
  tasks,
} from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import type { Category, Rights, ShareRights } from "./model";
import { isOverdue, listsSeen, rightsIn } from "./reach-queries";

const counted = (which: SQL) => sql<number>`(select count(*)::int from ${tasks}
  where ${tasks.categoryId} = ${categories.id} and ${which})`;

const sharedWith = (caller: Caller) => sql<
  Category["members"]
>`case when ${categories.ownerId} = ${caller.id}
  then (select coalesce(jsonb_agg(jsonb_build_object('user', jsonb_build_object('id', person.id, 'name', person.name),
      'rights', shared.rights) order by lower(person.name), person.id), '[]')
    from ${members} shared join ${users} person on person.id = shared.user_id
    where shared.category_id = ${categories}.id) else '[]'::jsonb end`;

const rowsOf = (tx: Tx, caller: Caller, now: Date) =>
  tx
    .select({
      id: categories.id,
      name: categories.name,
      owner: { id: users.id, name: users.name },
      rights: rightsIn(caller),
      members: sharedWith(caller),
      open: counted(sql`${tasks.doneAt} is null`),
      overdue: counted(isOverdue(now)),
      createdAt: categories.createdAt,
      updatedAt: categories.updatedAt,
    })
    .from(categories)
    .innerJoin(users, eq(users.id, categories.ownerId));

type Page = { limit: number; offset: number };
const everything: Page = { limit: 1_000, offset: 0 };
const inSight = (tx: Tx, caller: Caller) => inArray(categories.id, listsSeen(tx, caller));

/** The lists that the caller has, then those shared with them, by their names. */
export async function listCategories(
  tx: Tx,
  caller: Caller,
  now: Date,
  { limit, offset }: Page = everything,
): Promise<Category[]> {
  const isForeign = sql`${categories.ownerId} <> ${caller.id}`;
  const rows = await rowsOf(tx, caller, now)
    .where(inSight(tx, caller))
    .orderBy(isForeign, sql`lower(${categories.name})`, asc(categories.id))
    .limit(limit)
    .offset(offset);
  return rows as Category[];
}

export const countCategories = (tx: Tx, caller: Caller): Promise<number> =>
  tx.$count(categories, inSight(tx, caller));

/** Throws `not_found` for one that the caller does not see. */
export async function findCategory(
  tx: Tx,
  caller: Caller,
  id: string,
  now: Date,
): Promise<Category> {
  const [row] = await rowsOf(tx, caller, now).where(
    and(eq(categories.id, id), inSight(tx, caller)),
  );
  if (!row) throw new AppError("not_found", "task_list_not_found");
  return row as Category;
}

export type LockedCategory = typeof categories.$inferSelect & { rights: Rights };

/**
 * The list, locked against its deletion, or for a change of it against any other. Throws `not_found` for one
 * that the caller does not see.
 */
export async function lockCategory(
  tx: Tx,
  caller: Caller,
  id: string,
  strength: "share" | "update" = "share",
): Promise<LockedCategory> {
  const [row] = await tx
    .select({ category: categories, rights: rightsIn(caller) })
    .from(categories)
    .where(and(eq(categories.id, id), inSight(tx, caller)))
    .for(strength);
  if (!row?.rights) throw new AppError("not_found", "task_list_not_found");
  return { ...row.category, rights: row.rights };
}

/** How many somebody has; until the transaction ends they get no other. */
export async function countOwned(tx: Tx, userId: string): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
  return tx.$count(categories, eq(categories.ownerId, userId));
}

/** The first of that name. */
export async function findOwned(tx: Tx, ownerId: string, name: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(and(eq(categories.ownerId, ownerId), eq(categories.name, name)))
    .orderBy(asc(categories.createdAt), asc(categories.id))
    .limit(1);
  return row?.id ?? null;
}

export async function insertCategory(tx: Tx, row: typeof categories.$inferInsert): Promise<void> {
  await tx.insert(categories).values(row);
}

export async function renameStored(tx: Tx, id: string, name: string, now: Date): Promise<void> {
  await tx.update(categories).set({ name, updatedAt: now }).where(eq(categories.id, id));
}

/** Its tasks go with it. */
export async function deleteCategory(tx: Tx, id: string): Promise<void> {
  await tx.delete(categories).where(eq(categories.id, id));
}

/** Its tasks, locked in the order of their ids as everywhere; whoever works on one has it first. */
export async function lockTasksOf(tx: Tx, categoryId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(eq(tasks.categoryId, categoryId))
    .orderBy(asc(tasks.id))
    .for("update");
  return rows.map(({ id }) => id);
}

/** With whom it is shared. */
export async function membersOf(tx: Tx, categoryId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: members.userId })
    .from(members)
    .where(eq(members.categoryId, categoryId));
  return rows.map(({ id }) => id);
}

type Member = { userId: string; rights: ShareRights };

/** With whom it is shared from now on, instead of those there were. */
export async function putMembers(
  tx: Tx,
  categoryId: string,
  given: readonly Member[],
  now: Date,
): Promise<void> {
  await tx.delete(members).where(eq(members.categoryId, categoryId));
  if (given.length === 0) return;
  await tx.insert(members).values(given.map((one) => ({ ...one, categoryId, since: now })));
}
