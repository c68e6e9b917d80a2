import { eq, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { stores } from "@/lib/db/schema/kaspi";
import type { Caller } from "./model";

/** Throws `forbidden` for everybody but owners of the installation. */
export function requireOwner(caller: Caller): void {
  if (caller.role !== "owner") throw new AppError("forbidden");
}

/** Stores the caller may see. Goes into the WHERE of every read that joins `stores`. */
export function mayRead(caller: Caller): SQL {
  if (caller.role === "owner" || caller.canViewAllStores) return sql`true`;
  return eq(stores.userId, caller.id);
}

/** The caller's own stores. Together with the two others: what nobody has chosen is not somebody else's. */
export function isOwn(caller: Caller): SQL {
  return eq(stores.userId, caller.id);
}

/** Stores the caller may change: one's own, and all of them for an owner of the installation. */
export function mayWrite(caller: Caller): SQL {
  return caller.role === "owner" ? sql`true` : eq(stores.userId, caller.id);
}
