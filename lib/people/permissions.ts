import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";

/**
 * What may be done with people, each asked nowhere but here: see who there is, block and unblock,
 * and the rest (invites, roles, links to a new password, two-factor).
 */
export type PeopleRight = "view" | "block" | "manage";

export function hasPeopleRight(caller: Pick<Caller, "role">, _right: PeopleRight): boolean {
  return caller.role === "owner";
}

/** Throws `forbidden`. */
export function requirePeopleRight(caller: Pick<Caller, "role">, right: PeopleRight): void {
  if (!hasPeopleRight(caller, right)) throw new AppError("forbidden");
}
