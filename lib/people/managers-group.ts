import { audit } from "@/lib/auth/audit";
import { builtInGroups, type Permission } from "@/lib/auth/permission-model";
import type { PeopleAccess } from "./access";
import { adoptGroup, builtInGroup, lockGroup, setPermissions } from "./group-queries";

export type ManagersGroup = {
  outcome: "created" | "changed" | "same";
  added: Permission[];
  removed: string[];
};

/** Makes the group of managers, or sees to it that it allows exactly what it should. */
export function createManagersGroup({
  db,
  clock,
}: Pick<PeopleAccess, "db" | "clock">): Promise<ManagersGroup> {
  const { name, permissions } = builtInGroups.managers;
  return db.transaction(async (tx) => {
    const isNew = !(await adoptGroup(tx, name, "managers"));
    const groupId = await builtInGroup(tx, "managers");
    const before = isNew ? [] : ((await lockGroup(tx, groupId))?.permissions ?? []);
    const wanted: readonly string[] = permissions;
    const added = permissions.filter((one) => !before.includes(one));
    const removed = before.filter((one) => !wanted.includes(one));
    if (added.length + removed.length === 0) return { outcome: "same", added, removed };
    await setPermissions(tx, groupId, permissions);
    const details = { name, added, removed };
    const action = isNew ? "group.created" : "group.changed";
    await audit(tx, { at: clock(), userId: null, action, subjectId: groupId, details });
    return { outcome: isNew ? "created" : "changed", added, removed };
  });
}
