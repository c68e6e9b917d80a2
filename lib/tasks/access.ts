import type { Caller } from "@/lib/auth/model";
import type { Clock } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { kaspiAccess } from "@/lib/exits/access";
import { getWorkspace } from "@/lib/workspace/queries";

/** What every use case of tasks needs. */
export type TaskAccess = {
  db: Db;
  clock: Clock;
  /** Part of each new id; see `newTaskId`. */
  salt: string;
};

export function taskAccess(): TaskAccess {
  const { db, clock } = kaspiAccess();
  return { db, clock, salt: env().TASK_ID_SALT ?? env().NEXTAUTH_SECRET };
}

/** Where somebody reads their hours: their own zone, or else the workspace's. */
export const zoneOf = async (tx: Tx, caller: Pick<Caller, "timeZone">): Promise<string> =>
  caller.timeZone ?? (await getWorkspace(tx)).timeZone;
