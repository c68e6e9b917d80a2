import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { PeopleAccess } from "./access";
import { personFor } from "./change-person";
import type { GroupChange, NewGroup, PersonGroups } from "./group-model";
import {
  groupsOf,
  insertGroup,
  isNameTaken,
  lockGroup,
  removeGroup,
  renameGroup,
  setGroups,
  setPermissions,
} from "./group-queries";
import { requirePeopleRight } from "./permissions";

type Access = Pick<PeopleAccess, "db" | "clock">;

const nameTaken = () =>
  new AppError("invalid", "invalid", {
    details: [{ path: "name", message: "group_name_taken" }],
  });

/** A new group that nobody is in. Throws `forbidden`, `invalid` for a name that is taken. */
export function createGroup(
  { db, clock }: Access,
  caller: Caller,
  { name, permissions }: NewGroup,
): Promise<string> {
  requirePeopleRight(caller, "manage");
  return db.transaction(async (tx) => {
    const groupId = await insertGroup(tx, { name });
    if (!groupId) throw nameTaken();
    await setPermissions(tx, groupId, permissions);
    const created = { action: "group.created", subjectId: groupId } as const;
    const details = { name, permissions };
    await audit(tx, { at: clock(), userId: caller.id, ...created, details });
    return groupId;
  });
}

/**
 * Renames a group and sets what it allows, in effect with everybody's next request. Throws `forbidden`,
 * `not_found`, `conflict` for another name of a built-in group, `invalid` for one that is taken.
 */
export async function changeGroup(
  { db, clock }: Access,
  caller: Caller,
  { groupId, name, permissions }: GroupChange,
): Promise<void> {
  requirePeopleRight(caller, "manage");
  await db.transaction(async (tx) => {
    const before = await groupFor(tx, groupId);
    const to = [...permissions].sort();
    const isSame = before.name === name && before.permissions.join() === to.join();
    if (isSame) return;
    if (before.name !== name) {
      if (before.builtIn) throw new AppError("conflict", "group_built_in");
      if (await isNameTaken(tx, name, groupId)) throw nameTaken();
      await renameGroup(tx, groupId, name);
    }
    await setPermissions(tx, groupId, permissions);
    const changed = { action: "group.changed", subjectId: groupId } as const;
    const details = {
      before: { name: before.name, permissions: before.permissions },
      after: { name, permissions: to },
    };
    await audit(tx, { at: clock(), userId: caller.id, ...changed, details });
  });
}

/** Deletes a group; its people lose what it allowed. Throws `forbidden`, `not_found`, `conflict` for a built-in one. */
export async function deleteGroup(
  { db, clock }: Access,
  caller: Caller,
  groupId: string,
): Promise<void> {
  requirePeopleRight(caller, "manage");
  await db.transaction(async (tx) => {
    const { name, builtIn, permissions } = await groupFor(tx, groupId);
    if (builtIn) throw new AppError("conflict", "group_built_in");
    await removeGroup(tx, groupId);
    const deleted = { action: "group.deleted", subjectId: groupId } as const;
    const details = { before: { name, permissions } };
    await audit(tx, { at: clock(), userId: caller.id, ...deleted, details });
  });
}

/** From now on the person is in these groups and no other. Throws as `personFor`. */
export async function changeGroupsOf(
  { db, clock }: Access,
  caller: Caller,
  { personId, groupIds }: PersonGroups,
): Promise<void> {
  await db.transaction(async (tx) => {
    await personFor(tx, caller, { personId, act: "groups" });
    const before = await namesOf(tx, personId);
    await setGroups(tx, personId, groupIds);
    const after = await namesOf(tx, personId);
    if (before.join("\n") === after.join("\n")) return;
    const changed = { action: "person.groups_changed", subjectId: personId } as const;
    await audit(tx, { at: clock(), userId: caller.id, ...changed, details: { before, after } });
  });
}

const namesOf = async (tx: Tx, personId: string) =>
  (await groupsOf(tx, personId)).map(({ name }) => name);

async function groupFor(tx: Tx, groupId: string) {
  const group = await lockGroup(tx, groupId);
  if (!group) throw new AppError("not_found", "group_not_found");
  return group;
}
