import { and, eq, exists, inArray, isNull, not, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayWrite } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { tasks } from "@/lib/db/schema/tasks";
import { notices } from "@/lib/db/schema/workspace";
import { ofTasks } from "@/lib/notices/model";
import { isFor } from "@/lib/notices/queries";
import { seesTask } from "@/lib/tasks/reach-queries";
import type { Telling } from "./sending-queries";

/** The task that the notice is about, when the person sees its list no more and it is not theirs to do. */
const unseenTask = (tx: Tx, caller: Caller) =>
  tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        inArray(notices.kind, ofTasks),
        sql`${tasks.id} = ${notices.params} ->> 'task'`,
        not(seesTask(tx, caller)),
      ),
    );

/** The store that the news are of, and whether the person may answer about its prices. */
export type Standing = { storeName: string | null; mayAnswer: boolean };
const ofNoStore: Standing = { storeName: null, mayAnswer: false };

/**
 * By their ids those that are news still, with the store they are of: what they tell of is not over, and is the
 * caller's to see at this moment.
 */
export async function newsAmong(
  tx: Tx,
  caller: Caller,
  given: readonly Telling[],
): Promise<Map<string, Standing>> {
  const noticeOf = new Map(
    given.map(({ id, subject }) => [id, /^notice:([0-9a-f-]{36}):/.exec(subject)?.[1]]),
  );
  const about = [...noticeOf.values()].filter((id) => id !== undefined);
  const standing = await tx
    .select({
      id: notices.id,
      storeName: stores.name,
      mayAnswer: sql<boolean>`coalesce(${mayWrite(caller, "approve_decision")}, false)`,
    })
    .from(notices)
    .leftJoin(stores, eq(stores.id, notices.storeId))
    .where(
      and(
        inArray(notices.id, about),
        isNull(notices.resolvedAt),
        isFor(caller),
        not(exists(unseenTask(tx, caller))),
      ),
    );
  const stands = new Map(standing.map(({ id, ...known }) => [id, known]));
  const entries = [...noticeOf].flatMap(([id, noticeId]) => {
    const known = noticeId === undefined ? ofNoStore : stands.get(noticeId);
    return known ? [[id, known] as const] : [];
  });
  return new Map(entries);
}
