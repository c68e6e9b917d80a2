import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type BuiltInGroup, builtInGroups, type Permission } from "@/lib/auth/permission-model";
import type { Tx } from "@/lib/db/client";
import { groupPermissions, groups, userGroups } from "@/lib/db/schema/groups";
import { users } from "@/lib/db/schema/workspace";
import type { Group, GroupMember } from "./group-model";

/** Every group: those the office knows by itself first, the others by name. */
export function listGroups(tx: Tx): Promise<Group[]> {
  return tx
    .select({
      id: groups.id,
      name: groups.name,
      builtIn: groups.builtIn,
      permissions: sql<Permission[]>`array(select held.permission from ${groupPermissions} held
        where held.group_id = ${groups}.id order by held.permission)`,
      people: sql<number>`(select count(*)::int from ${userGroups} of_it where of_it.group_id = ${groups}.id)`,
    })
    .from(groups)
    .orderBy(sql`${groups.builtIn} is null`, sql`lower(${groups.name})`);
}

/** Who is in which groups, the blocked ones too. */
export function groupMembers(tx: Tx): Promise<GroupMember[]> {
  return tx
    .select({
      groupId: userGroups.groupId,
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      isActive: users.isActive,
    })
    .from(userGroups)
    .innerJoin(users, eq(users.id, userGroups.userId))
    .orderBy(sql`lower(${users.name})`, asc(users.id));
}

/** The group, locked for a change, and what it allows. */
export async function lockGroup(tx: Tx, groupId: string) {
  const [group] = await tx.select().from(groups).where(eq(groups.id, groupId)).for("update");
  return group && { ...group, permissions: await permissionsOf(tx, groupId) };
}

export async function permissionsOf(tx: Tx, groupId: string): Promise<string[]> {
  const rows = await tx
    .select({ permission: groupPermissions.permission })
    .from(groupPermissions)
    .where(eq(groupPermissions.groupId, groupId))
    .orderBy(asc(groupPermissions.permission));
  return rows.map(({ permission }) => permission);
}

/** Null: there is one of that name. */
export async function insertGroup(
  tx: Tx,
  group: Pick<typeof groups.$inferInsert, "name" | "builtIn">,
): Promise<string | null> {
  const [made] = await tx
    .insert(groups)
    .values(group)
    .onConflictDoNothing()
    .returning({ id: groups.id });
  return made?.id ?? null;
}

export async function isNameTaken(tx: Tx, name: string, groupId: string): Promise<boolean> {
  const others = and(eq(groups.name, name), sql`${groups.id} <> ${groupId}`);
  return (await tx.$count(groups, others)) > 0;
}

export async function renameGroup(tx: Tx, groupId: string, name: string): Promise<void> {
  await tx.update(groups).set({ name }).where(eq(groups.id, groupId));
}

export async function removeGroup(tx: Tx, groupId: string): Promise<void> {
  await tx.delete(groups).where(eq(groups.id, groupId));
}

/** From now on the group allows these and nothing else. */
export async function setPermissions(
  tx: Tx,
  groupId: string,
  permissions: readonly Permission[],
): Promise<void> {
  await tx.delete(groupPermissions).where(eq(groupPermissions.groupId, groupId));
  const rows = permissions.map((permission) => ({ groupId, permission }));
  if (rows.length > 0) await tx.insert(groupPermissions).values(rows);
}

/** The group the office knows by itself, made with its own permissions where it is not there. */
export async function builtInGroup(tx: Tx, builtIn: BuiltInGroup): Promise<string> {
  const { name, permissions } = builtInGroups[builtIn];
  const made = await insertGroup(tx, { name, builtIn });
  if (made) await setPermissions(tx, made, permissions);
  const [group] = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(eq(groups.builtIn, builtIn));
  if (!group) throw new Error(`a group of somebody's own is called ${name}`);
  return group.id;
}

/** Takes the group that has the name, or is the built-in one, for that one. False: there is none. */
export async function adoptGroup(tx: Tx, name: string, builtIn: BuiltInGroup): Promise<boolean> {
  if ((await tx.$count(groups, eq(groups.builtIn, builtIn))) > 0) return true;
  const adopted = await tx
    .update(groups)
    .set({ builtIn })
    .where(eq(groups.name, name))
    .returning({ id: groups.id });
  return adopted.length > 0;
}

export async function groupsOf(tx: Tx, userId: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: groups.id, name: groups.name })
    .from(userGroups)
    .innerJoin(groups, eq(groups.id, userGroups.groupId))
    .where(eq(userGroups.userId, userId))
    .orderBy(asc(groups.name));
}

/** From now on the person is in these groups and in no other; those that are gone are left out. */
export async function setGroups(
  tx: Tx,
  userId: string,
  groupIds: readonly string[],
): Promise<void> {
  // Who deletes a group locks it before those who are in it, too.
  const there = await groupsThere(tx, groupIds);
  await tx.delete(userGroups).where(eq(userGroups.userId, userId));
  if (there.length > 0)
    await tx.insert(userGroups).values(there.map((groupId) => ({ userId, groupId })));
}

/** Those of the groups that are there, and stay until the transaction ends. */
export async function groupsThere(tx: Tx, groupIds: readonly string[]): Promise<string[]> {
  if (groupIds.length === 0) return [];
  const rows = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(inArray(groups.id, [...groupIds]))
    .orderBy(asc(groups.id))
    .for("key share");
  return rows.map(({ id }) => id);
}
