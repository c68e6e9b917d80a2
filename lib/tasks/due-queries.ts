import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { taskAssignees, taskCategories, tasks } from "@/lib/db/schema/tasks";
import { tellingSettings } from "@/lib/db/schema/telegram";
import { notices, users } from "@/lib/db/schema/workspace";
import { isNobodys } from "./reach-queries";
import type { TaskNotice } from "./task-notices";

/** A deadline and somebody to be told of it. `at`: the moment of the news. */
export type DueTask = { id: string; title: string; userId: string; dueAt: Date; at: Date };

type Row = { id: string; title: string; userId: string; dueAt: string; at: string };
type Span = { since: Date; until: Date };

/** Those whose it is to do; of what nobody who works here has, the list's owner. Not who is blocked. */
const audience = sql`lateral (
    select given.user_id from ${taskAssignees} given where given.task_id = ${tasks}.id
    union all
    select list.owner_id from ${taskCategories} list
      where list.id = ${tasks}.category_id and ${isNobodys}
  ) whose join ${users} person on person.id = whose.user_id and person.is_active`;

const toDue = ({ dueAt, at, ...row }: Row): DueTask => ({
  ...row,
  dueAt: new Date(dueAt),
  at: new Date(at),
});

/** Somebody has been told of this very deadline already, also if that is news no more. */
const isTold = (kind: TaskNotice) => sql`exists (select 1 from ${notices} told
  where told.user_id = person.id and told.key = ${`${kind}:`} || ${tasks.id} || ':' || person.id
    and told.params ->> 'due' = to_char(${tasks.dueAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** What has become due after the one moment, up to the other, and is not done; in the order of the deadlines. */
export async function dueBetween(tx: Tx, { since, until }: Span): Promise<DueTask[]> {
  const rows = await tx.execute<Row>(sql`
    select ${tasks.id}, ${tasks.title}, person.id as "userId", ${tasks.dueAt} as "dueAt", ${tasks.dueAt} as at
    from ${tasks} cross join ${audience}
    where ${tasks.doneAt} is null and ${tasks.dueAt} > ${since.toISOString()} and ${tasks.dueAt} <= ${until.toISOString()}
      and not ${isTold("task_due")}
    order by ${tasks.dueAt}, ${tasks.id}, person.id`);
  return rows.map(toDue);
}

/**
 * The same for who wants to hear of it some minutes before: of what is not due yet. Who has just chosen how long
 * before hears of all that comes within that.
 */
export async function soonBetween(tx: Tx, { since, until }: Span): Promise<DueTask[]> {
  const before = sql`wanted.remind_minutes * interval '1 minute'`;
  const rows = await tx.execute<Row>(sql`
    select ${tasks.id}, ${tasks.title}, person.id as "userId", ${tasks.dueAt} as "dueAt",
      greatest(${tasks.dueAt} - ${before}, wanted.remind_since) as at
    from ${tasks} cross join ${audience}
    join ${tellingSettings} wanted on wanted.user_id = person.id and wanted.remind_minutes > 0
    where ${tasks.doneAt} is null and ${tasks.dueAt} > ${until.toISOString()}
      and ${tasks.dueAt} <= ${until.toISOString()}::timestamptz
        + (select max(remind_minutes) from ${tellingSettings}) * interval '1 minute'
      and ${tasks.dueAt} - ${before} <= ${until.toISOString()}
      and (${tasks.dueAt} - ${before} > ${since.toISOString()} or wanted.remind_since >= ${since.toISOString()})
      and not ${isTold("task_soon")}
    order by ${tasks.dueAt}, ${tasks.id}, person.id`);
  return rows.map(toDue);
}
