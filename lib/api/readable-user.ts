import type { Caller } from "@/lib/auth/model";
import { requireOwner, requirePermission } from "@/lib/auth/permissions";

/** Whose stores are asked for: somebody else's by those alone who see all. Throws `forbidden`. */
export function readableUser(caller: Caller, userId: string | undefined): void {
  if (userId === undefined || userId === caller.id || caller.role === "owner") return;
  requirePermission(caller, "can_view_all_stores");
}

/** For whom something is changed: an owner may do it for somebody else. Throws `forbidden`. */
export function writableUser(caller: Caller, userId: string | undefined): void {
  if (userId !== undefined && userId !== caller.id) requireOwner(caller);
}
