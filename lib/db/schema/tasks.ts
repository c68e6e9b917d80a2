import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { stores } from "./kaspi";
import { orders } from "./orders";
import { products } from "./products";
import { reviews } from "./reviews";
import { users } from "./workspace";

/** A list of tasks. It is its owner's, and theirs with whom it is shared. */
export const taskCategories = pgTable(
  "task_categories",
  {
    /** 64 hex digits, as `newTaskId` makes them. */
    id: text("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [index("task_categories_owner").on(table.ownerId)],
);

/** Colleagues with whom a category is shared. */
export const categoryMembers = pgTable(
  "category_members",
  {
    categoryId: text("category_id")
      .notNull()
      .references(() => taskCategories.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** `view` reads and comments, `edit` does with the tasks what the owner may. */
    rights: text("rights", { enum: ["view", "edit"] }).notNull(),
    since: instant("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.categoryId, table.userId] }),
    index("category_members_user").on(table.userId),
  ],
);

/** What is to be done. */
export const tasks = pgTable(
  "tasks",
  {
    /** 64 hex digits, as `newTaskId` makes them. */
    id: text("id").primaryKey(),
    categoryId: text("category_id")
      .notNull()
      .references(() => taskCategories.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    text: text("text").notNull().default(""),
    dueAt: instant("due_at"),
    priority: text("priority", { enum: ["low", "normal", "high"] })
      .notNull()
      .default("normal"),
    createdAt: instant("created_at").notNull(),
    /** Null: made by a rule. */
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    updatedAt: instant("updated_at").notNull(),
    doneAt: instant("done_at"),
    /** Null beside `done_at`: what it was about is over by itself. */
    doneBy: uuid("done_by").references(() => users.id, { onDelete: "set null" }),
    /** What it is about, each at most once. */
    storeId: uuid("store_id").references(() => stores.id, { onDelete: "set null" }),
    productId: uuid("product_id").references(() => products.id, { onDelete: "set null" }),
    orderId: uuid("order_id").references(() => orders.id, { onDelete: "set null" }),
    /** Kaspi's id of a review, and the list it is in. */
    reviewId: text("review_id"),
    reviewSourceId: uuid("review_source_id"),
    /** The rule that made it, and a notice it made it for: null, and it does not end by itself any more. */
    ruleId: uuid("rule_id").references(() => taskRules.id, { onDelete: "set null" }),
    noticeId: uuid("notice_id"),
  },
  (table) => [
    foreignKey({
      name: "tasks_review",
      columns: [table.reviewSourceId, table.reviewId],
      foreignColumns: [reviews.sourceId, reviews.id],
    }).onDelete("set null"),
    index("tasks_category").on(table.categoryId, table.doneAt, table.dueAt, table.id),
    index("tasks_due").on(table.dueAt, table.id).where(sql`${table.doneAt} is null`),
    index("tasks_done").on(table.doneAt, table.id).where(sql`${table.doneAt} is not null`),
    // What a task is about may be deleted, and is looked for then.
    index("tasks_product").on(table.productId).where(sql`${table.productId} is not null`),
    index("tasks_order").on(table.orderId).where(sql`${table.orderId} is not null`),
    index("tasks_review_link")
      .on(table.reviewSourceId, table.reviewId)
      .where(sql`${table.reviewId} is not null`),
    index("tasks_open_notice")
      .on(table.noticeId)
      .where(sql`${table.noticeId} is not null and ${table.doneAt} is null`),
  ],
);

export const taskAssignees = pgTable(
  "task_assignees",
  {
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    since: instant("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.userId] }),
    index("task_assignees_user").on(table.userId),
  ],
);

/** A task's own small steps, in their order. */
export const taskSteps = pgTable(
  "task_steps",
  {
    id: id(),
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    nth: integer("nth").notNull(),
    text: text("text").notNull(),
    isDone: boolean("is_done").notNull().default(false),
  },
  (table) => [index("task_steps_task").on(table.taskId, table.nth)],
);

export const taskComments = pgTable(
  "task_comments",
  {
    id: id(),
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    text: text("text").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("task_comments_task").on(table.taskId, table.at)],
);

/** What became of a task: one row a change. */
export const taskChanges = pgTable(
  "task_changes",
  {
    id: id(),
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    /** Null: a rule. */
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    what: text("what", {
      enum: [
        "created",
        "renamed",
        "text",
        "due",
        "priority",
        "moved",
        "links",
        "assigned",
        "steps",
        "done",
        "reopened",
      ],
    }).notNull(),
    /** What it was and what it is, as the page says it: names, instants. */
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("task_changes_task").on(table.taskId, table.at)],
);

/** When a notice of a kind appears, a task is made for somebody. */
export const taskRules = pgTable(
  "task_rules",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    noticeKind: text("notice_kind").notNull(),
    /** Null: of any store. */
    storeId: uuid("store_id").references(() => stores.id, { onDelete: "cascade" }),
    categoryId: text("category_id")
      .notNull()
      .references(() => taskCategories.id, { onDelete: "cascade" }),
    assigneeId: uuid("assignee_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    priority: text("priority", { enum: ["low", "normal", "high"] }).notNull(),
    /** The deadline, after the notice. */
    dueMinutes: integer("due_minutes").notNull(),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: instant("created_at").notNull(),
    /** What has happened from here on counts: when it was made, or turned on again. */
    since: instant("since").notNull(),
  },
  (table) => [index("task_rules_owner").on(table.ownerId)],
);

/** Which notices a rule has answered: once each, and again when one is news again. They are what its task ends with. */
export const taskRuleMakings = pgTable(
  "task_rule_makings",
  {
    /** The rule may be gone: its tasks still end with their causes. */
    ruleId: uuid("rule_id").notNull(),
    noticeId: uuid("notice_id").notNull(),
    /** The notice's time when it was answered: a later one is news again. */
    at: instant("at").notNull(),
    /** The task; it may be gone. */
    taskId: text("task_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ruleId, table.noticeId] }),
    index("task_rule_makings_age").on(table.at),
    index("task_rule_makings_task").on(table.taskId),
  ],
);

/** Deadlines up to here have been told: one row, moved on in the transaction of the notices. */
export const taskClock = pgTable("task_clock", {
  id: integer("id").primaryKey().default(1),
  toldUntil: instant("told_until").notNull(),
});
