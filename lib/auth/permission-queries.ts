import { type SQL, sql } from "drizzle-orm";
import { groupPermissions, storeShares, userGroups } from "@/lib/db/schema/groups";
import { stores } from "@/lib/db/schema/kaspi";
import { users } from "@/lib/db/schema/workspace";
import type { Share } from "./model";
import {
  isPermission,
  type Permission,
  permissions,
  type ViewPermission,
} from "./permission-model";

/** Names the office has since forgotten allow nothing. */
const asPermissions = (names: string[]): ReadonlySet<Permission> =>
  new Set(names.filter(isPermission));

/** What somebody's groups allow, of an owner everything. `person`: `users` or what it is called there. */
const heldBy = (person: SQL) => sql`case when ${person}.role = 'owner'
  then ${sql.param([...permissions])}::text[]
  else array(select distinct allowed.permission from ${userGroups} mine
    join ${groupPermissions} allowed on allowed.group_id = mine.group_id
    where mine.user_id = ${person}.id) end`;

/** A column of `users`: what somebody's groups allow, of an owner everything. */
export const heldPermissions = heldBy(sql`${users}`).mapWith(asPermissions);

/** Goes into a WHERE that joins `users`: whether somebody may see it in some store, their own or one that is shared. */
export const maySee = (
  permission: ViewPermission,
): SQL => sql`(${permission} = any(${heldBy(sql`${users}`)})
  or exists (select 1 from ${storeShares} given
    join ${stores} shop on shop.id = given.store_id
    join ${users} host on host.id = shop.user_id
    where given.user_id = ${users}.id and shop.archived_at is null
      and ${permission} = any(given.permissions)
      and ${permission} = any(${heldBy(sql`host`)})))`;

/** A column of `users`: the stores that are shared with somebody, never with more than whose it is may do now. */
export const sharedStores = sql`array(
  select json_build_object('storeId', given.store_id, 'permissions',
    array(select unnest(given.permissions) intersect select unnest(${heldBy(sql`host`)})))
  from ${storeShares} given
  join ${stores} shop on shop.id = given.store_id
  join ${users} host on host.id = shop.user_id
  where given.user_id = ${users}.id and shop.archived_at is null
  order by given.store_id)`.mapWith((rows: { storeId: string; permissions: string[] }[]): Share[] =>
  rows.map(({ storeId, permissions: names }) => ({
    storeId,
    permissions: asPermissions(names),
  })),
);
