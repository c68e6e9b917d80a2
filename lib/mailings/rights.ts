import { eq, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { can, lacking, requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";

/** What belongs to somebody here. */
export type Noun = "recipient" | "message" | "mailing";

/** Goes into the WHERE of every read: one's own, or everybody's for whom all are shown. Throws `forbidden`. */
export function inSight(caller: Caller, noun: Noun, owner: PgColumn): SQL {
  requirePermission(caller, `view_${noun}`);
  return can(caller, `can_view_all_${noun}s`) ? sql`true` : eq(owner, caller.id);
}

/** The same of what is somebody's whose it is known. */
export const isInSight = (caller: Caller, noun: Noun, ownerId: string): boolean =>
  can(caller, `view_${noun}`) && (ownerId === caller.id || can(caller, `can_view_all_${noun}s`));

/**
 * The row of a change, looked up with `inSight`. Throws `not_found` when the caller may not even see it,
 * `forbidden` when it is somebody else's, or the caller may only look.
 */
export function own<Row extends { ownerId: string }>(
  caller: Caller,
  row: Row | undefined | null,
  noun: Noun,
  permission: "edit_mailing" | "send_mailing" = "edit_mailing",
): Row {
  if (!row) throw absent(noun);
  if (row.ownerId !== caller.id) throw new AppError("forbidden", "mailing_not_yours");
  if (!can(caller, permission)) throw lacking(permission);
  return row;
}

function absent(noun: Noun): AppError {
  switch (noun) {
    case "recipient":
      return new AppError("not_found", "recipient_unknown");
    case "message":
      return new AppError("not_found", "message_unknown");
    case "mailing":
      return new AppError("not_found", "mailing_unknown");
  }
}
