import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";
import { stores } from "./kaspi";
import { invites } from "./people";
import { users } from "./workspace";

/** People who may do the same. */
export const groups = pgTable("groups", {
  id: id(),
  name: text("name").notNull().unique(),
  /** One of those the office knows by itself; null: somebody made it. */
  builtIn: text("built_in", { enum: ["sellers", "managers"] }).unique(),
  createdAt: createdAt(),
});

export const groupPermissions = pgTable(
  "group_permissions",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    permission: text("permission").notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.permission] })],
);

export const userGroups = pgTable(
  "user_groups",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.groupId] }),
    index("user_groups_group").on(table.groupId),
  ],
);

/** Groups somebody invited will be in. */
export const inviteGroups = pgTable(
  "invite_groups",
  {
    inviteId: uuid("invite_id")
      .notNull()
      .references(() => invites.id, { onDelete: "cascade" }),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.inviteId, table.groupId] })],
);

/** What a colleague may do in a store that is not theirs. */
export const storeShares = pgTable(
  "store_shares",
  {
    storeId: uuid("store_id")
      .notNull()
      .references(() => stores.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    permissions: text("permissions").array().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.storeId, table.userId] }),
    index("store_shares_user").on(table.userId),
  ],
);
