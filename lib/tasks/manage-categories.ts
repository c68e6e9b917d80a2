import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { requireActive } from "./assign-task";
import {
  countOwned,
  deleteCategory,
  findOwned,
  insertCategory,
  type LockedCategory,
  lockCategory,
  lockTasksOf,
  membersOf,
  putMembers,
  renameStored,
} from "./category-queries";
import { besideClock } from "./clock-queries";
import type { ShareRights } from "./model";
import { requireListOwner } from "./rights";
import { newTaskId } from "./task-id";
import { forgetNews, forgetStrangers } from "./task-notices";

export const MOST_LISTS = 200;

type Member = { userId: string; rights: ShareRights };
type Named = { name: string; members?: readonly Member[] | undefined };

/** A list of the caller's own. Throws `conflict` when they have too many, `invalid` as `changeCategory`. */
export function makeCategory(access: TaskAccess, caller: Caller, given: Named): Promise<string> {
  return access.db.transaction(async (tx) => {
    const owned = await countOwned(tx, caller.id);
    return insert(tx, access, caller, { ...given, owned });
  });
}

/** The list of that name that is the caller's own, which is made if there is none. Throws as `makeCategory`. */
export async function ownCategory(
  tx: Tx,
  access: TaskAccess,
  caller: Caller,
  name: string,
): Promise<string> {
  const owned = await countOwned(tx, caller.id);
  const found = await findOwned(tx, caller.id, name);
  return found ?? insert(tx, access, caller, { name, owned });
}

async function insert(
  tx: Tx,
  { clock, salt }: TaskAccess,
  caller: Caller,
  { name, members = [], owned }: Named & { owned: number },
): Promise<string> {
  if (owned >= MOST_LISTS)
    throw new AppError("conflict", "task_lists_many", { params: { most: MOST_LISTS } });
  const now = clock();
  const id = newTaskId(now, salt);
  const list = { id, ownerId: caller.id, name, createdAt: now, updatedAt: now };
  await insertCategory(tx, list);
  await note(tx, caller, "task_list.created", id, now);
  if (members.length > 0) await share(tx, caller, { list: { ...list, isNew: true }, members }, now);
  return id;
}
type Changes = { name?: string | undefined; members?: readonly Member[] | undefined };

/**
 * Its name, and with whom it is shared instead of those there were. Throws `not_found` for a list out of
 * sight, `forbidden` for somebody else's, `invalid` for people who are not there or blocked.
 */
export function changeCategory(
  { db, clock }: TaskAccess,
  caller: Caller,
  { categoryId, name, members }: Changes & { categoryId: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const list = await lockCategory(tx, caller, categoryId, "update");
    requireListOwner(list);
    const now = clock();
    if (name !== undefined && name !== list.name) {
      await renameStored(tx, categoryId, name, now);
      await note(tx, caller, "task_list.renamed", categoryId, now);
    }
    if (members) await share(tx, caller, { list, members }, now);
  });
}

type Shared = Pick<LockedCategory, "id" | "ownerId"> & { isNew?: boolean };

async function share(
  tx: Tx,
  caller: Caller,
  { list, members }: { list: Shared; members: readonly Member[] },
  now: Date,
): Promise<void> {
  const others = new Map(members.map((one) => [one.userId, one]));
  // It is theirs already.
  others.delete(list.ownerId);
  const had = new Set(list.isNew ? [] : await membersOf(tx, list.id));
  // Whoever was blocked since keeps their share: it is not asked for anew.
  const added = [...others.keys()].filter((id) => !had.has(id));
  await requireActive(tx, added, "members");
  await putMembers(tx, list.id, [...others.values()], now);
  if (!list.isNew) await forgetStrangers(tx, await lockTasksOf(tx, list.id), now);
  await note(tx, caller, "task_list.shared", list.id, now, {
    people: others.size,
    rights: Object.fromEntries([...others.values()].map(({ userId, rights }) => [userId, rights])),
  });
}

/** With all its tasks, whose number is returned. Throws as `changeCategory`. */
export function removeCategory(
  { db, clock }: TaskAccess,
  caller: Caller,
  categoryId: string,
): Promise<number> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const list = await lockCategory(tx, caller, categoryId, "update");
    requireListOwner(list);
    const now = clock();
    const tasks = await lockTasksOf(tx, categoryId);
    await forgetNews(tx, { tasks }, now);
    await deleteCategory(tx, categoryId);
    await note(tx, caller, "task_list.deleted", categoryId, now, { tasks: tasks.length });
    return tasks.length;
  });
}

function note(
  tx: Tx,
  caller: Caller,
  action: Extract<AuditEntry["action"], `task_list.${string}`>,
  subjectId: string,
  at: Date,
  details: Record<string, unknown> = {},
): Promise<void> {
  return audit(tx, { at, userId: caller.id, action, subjectId, details });
}
