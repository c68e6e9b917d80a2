import { sql } from "drizzle-orm";
import { groupPermissions, storeShares, userGroups } from "@/lib/db/schema/groups";
import { users } from "@/lib/db/schema/workspace";
import type { Share } from "./model";
import { isPermission, type Permission, permissions } from "./permission-model";

/** Names the office has since forgotten allow nothing. */
const asPermissions = (names: string[]): ReadonlySet<Permission> =>
  new Set(names.filter(isPermission));

/** A column of `users`: what somebody's groups allow, of an owner everything. */
export const heldPermissions = sql`case when ${users}.role = 'owner'
  then ${sql.param([...permissions])}::text[]
  else array(select distinct allowed.permission from ${userGroups} mine
    join ${groupPermissions} allowed on allowed.group_id = mine.group_id
    where mine.user_id = ${users}.id) end`.mapWith(asPermissions);

/** A column of `users`: the stores that are shared with somebody. */
export const sharedStores = sql`array(
  select json_build_object('storeId', given.store_id, 'permissions', given.permissions)
  from ${storeShares} given where given.user_id = ${users}.id order by given.store_id)`.mapWith(
  (rows: { storeId: string; permissions: string[] }[]): Share[] =>
    rows.map(({ storeId, permissions: names }) => ({
      storeId,
      permissions: asPermissions(names),
    })),
);
