import { eq, or, type SQL, sql } from "drizzle-orm";
import { stores } from "@/lib/db/schema/kaspi";
import type { Caller } from "./model";
import type { ViewPermission } from "./permission-model";
import { reachOf } from "./permissions";

/** `mayRead` for a query that is prepared: whose stores it may be comes with each question. Needs `stores`. */
export const withinReach: SQL | undefined = or(
  sql`${sql.placeholder("everywhere")}::boolean`,
  eq(stores.userId, sql`${sql.placeholder("own")}::uuid`),
  sql`${stores.id} = any(${sql.placeholder("shared")}::uuid[])`,
);

/** What `withinReach` asks for. */
export function reachAsked(caller: Caller, permission: ViewPermission): Record<string, unknown> {
  return { ...reachOf(caller, permission) };
}
