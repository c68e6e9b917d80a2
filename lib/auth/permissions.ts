import { eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { stores } from "@/lib/db/schema/kaspi";
import type { Caller } from "./model";
import {
  type ChangePermission,
  type Permission,
  type StorePermission,
  storePermissions,
  type ViewPermission,
} from "./permission-model";

/** Throws `forbidden` for everybody but owners of the installation. */
export function requireOwner(caller: Pick<Caller, "role">): void {
  if (caller.role !== "owner") throw new AppError("forbidden");
}

/** Whether the caller's groups allow it: in the office, and in stores of their own. */
export function can(caller: Pick<Caller, "permissions">, permission: Permission): boolean {
  return caller.permissions.has(permission);
}

/** Whether there may be a store the caller sees so much of: their own, or one that is shared. */
export function sees(caller: Pick<Caller, "permissions" | "shares">, permission: ViewPermission) {
  return can(caller, permission) || caller.shares.some((share) => can(share, permission));
}

/** Throws `forbidden`, which names what is missing. */
export function requirePermission(
  caller: Pick<Caller, "permissions">,
  permission: Permission,
): void {
  if (!can(caller, permission)) throw lacking(permission);
}

/** The refusal that names what is missing. */
export const lacking = (permission: Permission) =>
  new AppError("forbidden", "permission_missing", { params: { permission } });

/** Stores the caller may see, and what of them. Goes into the WHERE of every read that joins `stores`. */
export function mayRead(caller: Caller, permission: ViewPermission = "view_store"): SQL {
  return allows(caller, permission);
}

/** Stores in which the caller may do it. For a single row see `permitted`. */
export function mayWrite(caller: Caller, permission: ChangePermission): SQL {
  return allows(caller, permission);
}

/** The caller's own stores. Together with the two others: what nobody has chosen is not somebody else's. */
export function isOwn(caller: Caller): SQL {
  return eq(stores.userId, caller.id);
}

const everywhere: ReadonlySet<StorePermission> = new Set(["view_store", "view_product"]);

/** The stores in which somebody may do something: all of them, or their own and some that are shared. */
export type Reach = { everywhere: boolean; own: string | null; shared: string[] };

/** An owner's right reaches everywhere, a group's one's own stores, a share's the store it is for. */
export function reachOf(caller: Caller, permission: StorePermission): Reach {
  const mine = can(caller, permission);
  const seesAll = everywhere.has(permission) && can(caller, "can_view_all_stores");
  return {
    everywhere: caller.role === "owner" || (mine && seesAll),
    own: mine ? caller.id : null,
    shared: caller.shares
      .filter(({ permissions }) => permissions.has(permission))
      .map(({ storeId }) => storeId),
  };
}

function allows(caller: Caller, permission: StorePermission): SQL {
  const reach = reachOf(caller, permission);
  if (reach.everywhere) return sql`true`;
  return (
    or(
      reach.own === null ? undefined : isOwn(caller),
      reach.shared.length > 0 ? inArray(stores.id, reach.shared) : undefined,
    ) ?? sql`false`
  );
}

/** A column: whether the caller may do it in the store of the row. */
export function isPermitted(caller: Caller, permission: ChangePermission): SQL<boolean> {
  return sql<boolean>`${mayWrite(caller, permission)}`;
}

/** A column: all that the caller may do in the store of the row. */
export function rightsIn(caller: Caller): SQL<StorePermission[]> {
  const each = storePermissions.map(
    (permission) => sql`case when ${allows(caller, permission)} then ${permission} end`,
  );
  return sql`array_remove(array[${sql.join(each, sql`, `)}]::text[], null)`;
}

/**
 * The row of a change, looked up under `mayRead` with `isPermitted` as a column. Throws `not_found` when the
 * caller may not even see it: somebody else's does not exist for them; `forbidden` when seeing is all they may.
 */
export function permitted<Row extends { isPermitted: boolean }>(
  row: Row | undefined,
  permission: ChangePermission,
  absent = "not_found",
): Row {
  if (!row) throw new AppError("not_found", absent);
  if (!row.isPermitted) throw lacking(permission);
  return row;
}

/** Two callers with one of these see the same: for what is kept a while. */
export function scopeKey({ id, role, permissions, shares }: Caller): string {
  const rights = shares.map((share) => [share.storeId, ...[...share.permissions].sort()]);
  return JSON.stringify([id, role, [...permissions].sort(), rights]);
}
