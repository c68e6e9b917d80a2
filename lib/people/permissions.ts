import type { Caller } from "@/lib/auth/model";
import { can, requireOwner, requirePermission } from "@/lib/auth/permissions";

/**
 * What may be done with people, each asked nowhere but here: see who there is, block and unblock,
 * and the rest (invites, roles, groups, links to a new password, two-factor).
 */
export type PeopleRight = "view" | "block" | "manage";

type Asker = Pick<Caller, "role" | "permissions">;

const permissionFor = { view: "view_user", block: "change_user" } as const;

export function hasPeopleRight(caller: Asker, right: PeopleRight): boolean {
  return right === "manage" ? caller.role === "owner" : can(caller, permissionFor[right]);
}

/** Throws `forbidden`. */
export function requirePeopleRight(caller: Asker, right: PeopleRight): void {
  if (right === "manage") requireOwner(caller);
  else requirePermission(caller, permissionFor[right]);
}
