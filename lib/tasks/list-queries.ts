import {
  and,
  asc,
  desc,
  eq,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import {
  taskCategories as categories,
  taskAssignees,
  taskComments,
  taskSteps,
  tasks,
} from "@/lib/db/schema/tasks";
import { users } from "@/lib/db/schema/workspace";
import { seenLinks } from "./link-queries";
import type { TaskFilter, TaskOrder } from "./list-model";
import type { Person, Step, TaskRow } from "./model";
import { isAssigned, isGivenTo, isTheirs, listsSeen, rightsIn, seesTask } from "./reach-queries";

const makers = alias(users, "makers");
const doers = alias(users, "doers");

const assignees = sql<Person[]>`(select coalesce(
    jsonb_agg(jsonb_build_object('id', person.id, 'name', person.name) order by lower(person.name), person.id), '[]')
  from ${taskAssignees} given join ${users} person on person.id = given.user_id
  where given.task_id = ${tasks}.id)`;
const steps = sql<Step[]>`(select coalesce(
    jsonb_agg(jsonb_build_object('id', step.id, 'text', step.text, 'isDone', step.is_done) order by step.nth), '[]')
  from ${taskSteps} step where step.task_id = ${tasks}.id)`;
const comments = sql<number>`(select count(*)::int from ${taskComments} said
  where said.task_id = ${tasks}.id)`;

const columns = (caller: Caller) => ({
  id: tasks.id,
  categoryId: tasks.categoryId,
  /** Of the list that they see. */
  categoryName: sql<string>`case when ${rightsIn(caller)} is null then '' else ${categories.name} end`,
  title: tasks.title,
  text: tasks.text,
  dueAt: tasks.dueAt,
  priority: tasks.priority,
  createdAt: tasks.createdAt,
  createdBy: { id: makers.id, name: makers.name },
  updatedAt: tasks.updatedAt,
  doneAt: tasks.doneAt,
  doneBy: { id: doers.id, name: doers.name },
  assignees,
  steps,
  comments,
  links: sql<number>`num_nonnulls(${tasks.storeId}, ${tasks.productId}, ${tasks.orderId}, ${tasks.reviewId})`,
  rights: rightsIn(caller),
  isAssigned: isAssigned(caller),
  ...seenLinks(caller),
});

const rowsOf = (tx: Tx, caller: Caller) =>
  tx
    .select(columns(caller))
    .from(tasks)
    .innerJoin(categories, eq(categories.id, tasks.categoryId))
    .leftJoin(makers, eq(makers.id, tasks.createdBy))
    .leftJoin(doers, eq(doers.id, tasks.doneBy));

type Selected = Awaited<ReturnType<typeof rowsOf>>[number];

function toRow({ links, ...row }: Selected): TaskRow {
  const seen = [row.storeId, row.productId, row.orderId, row.reviewId].filter((id) => id !== null);
  return { ...row, hasHiddenLinks: seen.length < links };
}

type Page = { limit: number; offset: number };

/** A page of the tasks that the caller sees and means. */
export async function listTasks(
  tx: Tx,
  caller: Caller,
  filter: TaskFilter,
  { limit, offset }: Page,
): Promise<TaskRow[]> {
  const chosen = tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(isMeant(tx, caller, filter))
    .orderBy(...inOrder(filter))
    .limit(limit)
    .offset(offset);
  // The page first, what it shows of each after: whatever is counted or looked up is of these few.
  const rows = await rowsOf(tx, caller)
    .where(inArray(tasks.id, chosen))
    .orderBy(...inOrder(filter));
  return rows.map(toRow);
}

export async function countTasks(tx: Tx, caller: Caller, filter: TaskFilter): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(tasks)
    .where(isMeant(tx, caller, filter));
  return row?.count ?? 0;
}

/** The task if the caller sees it. */
export async function findTask(tx: Tx, caller: Caller, id: string): Promise<TaskRow | null> {
  const [row] = await rowsOf(tx, caller).where(and(eq(tasks.id, id), seesTask(tx, caller)));
  return row ? toRow(row) : null;
}

function isMeant(tx: Tx, caller: Caller, filter: TaskFilter): SQL | undefined {
  const { category, assignee, mineOf, done, dueFrom, dueBefore, q } = filter;
  return and(
    seesTask(tx, caller),
    category ? eq(tasks.categoryId, category) : undefined,
    assignee ? isGivenTo(assignee) : undefined,
    mineOf ? isTheirs(mineOf) : undefined,
    done === undefined ? undefined : done ? isNotNull(tasks.doneAt) : isNull(tasks.doneAt),
    dueFrom ? gte(tasks.dueAt, dueFrom) : undefined,
    dueBefore ? lt(tasks.dueAt, dueBefore) : undefined,
    q ? saysIt(q) : undefined,
  );
}

function saysIt(q: string): SQL | undefined {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(tasks.title, like), ilike(tasks.text, like));
}

const sortKeys: Record<TaskOrder, SQL> = {
  due_at: sql`${tasks.dueAt}`,
  created_at: sql`${tasks.createdAt}`,
  updated_at: sql`${tasks.updatedAt}`,
  done_at: sql`${tasks.doneAt}`,
  priority: sql`array_position(array['low', 'normal', 'high'], ${tasks.priority})`,
  title: sql`lower(${tasks.title})`,
};

/** What has no deadline comes last, whichever way. */
function inOrder({ order = "due_at" }: TaskFilter): SQL[] {
  const key = sortKeys[order.replace("-", "") as TaskOrder];
  const way = order.startsWith("-") ? sql`${key} desc nulls last` : asc(key);
  return [way, order.startsWith("-") ? desc(tasks.id) : asc(tasks.id)];
}

/** How many tasks each list in sight has, done or not. */
export async function tasksByList(tx: Tx, caller: Caller): Promise<Map<string, number>> {
  const rows = await tx
    .select({ id: tasks.categoryId, count: sql<number>`count(*)::int` })
    .from(tasks)
    .where(inArray(tasks.categoryId, listsSeen(tx, caller)))
    .groupBy(tasks.categoryId);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Who has left the office, and open tasks in sight behind. */
export function goneDoers(tx: Tx, caller: Caller): Promise<Person[]> {
  return tx
    .selectDistinct({ id: users.id, name: users.name })
    .from(taskAssignees)
    .innerJoin(users, eq(users.id, taskAssignees.userId))
    .innerJoin(tasks, eq(tasks.id, taskAssignees.taskId))
    .where(and(eq(users.isActive, false), isNull(tasks.doneAt), seesTask(tx, caller)))
    .orderBy(asc(users.name), asc(users.id));
}
