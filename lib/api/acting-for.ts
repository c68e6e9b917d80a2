import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { writableUser } from "./readable-user";

/**
 * As whom something is done: the caller, or for an owner the person they name, with that person's own
 * rights. Who does it is the caller all the same, and so the audit says. Throws `forbidden`, and `not_found` for a person who is not there or is blocked.
 */
export async function actingFor(
  tx: Tx,
  caller: Caller,
  userId: string | undefined,
): Promise<Caller> {
  writableUser(caller, userId);
  if (userId === undefined || userId === caller.id) return caller;
  const person = await findActiveUser(tx, userId);
  if (!person) throw new AppError("not_found", "person_not_found");
  return person;
}
