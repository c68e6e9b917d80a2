import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { isAppError } from "@/lib/core/errors";
import type { TaskAccess } from "./access";
import { answerCauses } from "./answer-causes";
import { batchesOf } from "./cause-groups";
import { type Cause, unanswered } from "./cause-queries";
import { besideClock } from "./clock-queries";
import { lockOver } from "./making-queries";
import { noteChanges } from "./note-change";
import { ruleOwners } from "./rule-queries";
import { endedNews, forgetNews } from "./task-notices";
import { updateTask } from "./write-queries";

/** Of one person's rules at a time; the rest a minute later. As many prices as are told of at once. */
const MOST_CAUSES = 500;
const MOST_CLOSED = 500;

export type Followed = { made: number; closed: number };

/**
 * Makes a task for every notice that a rule waits for, again when one is news again and its task is done, and
 * closes those whose cause is over. Rights are those of the moment: nothing is made for who is blocked, or of
 * what they may not see.
 */
export async function followNotices(access: TaskAccess, signal?: AbortSignal): Promise<Followed> {
  const { db } = access;
  let made = 0;
  for (const ownerId of await ruleOwners(db)) {
    const owner = await findActiveUser(db, ownerId);
    if (!owner) continue;
    for (const batch of batchesOf(await unanswered(db, owner, MOST_CAUSES))) {
      signal?.throwIfAborted();
      made += await answered(access, owner, batch);
    }
  }
  return { made, closed: await closeOver(access) };
}

/** What a rule may not do any more keeps no other from its work. */
async function answered(access: TaskAccess, owner: Caller, batch: Cause[]): Promise<number> {
  try {
    return await answerCauses(access, owner, batch);
  } catch (error) {
    if (isAppError(error, "forbidden", "not_found")) return 0;
    throw error;
  }
}

/** What was to be done has come about by itself: so says the history. */
async function closeOver({ db, clock }: TaskAccess): Promise<number> {
  return db.transaction(async (tx) => {
    await besideClock(tx);
    const now = clock();
    const over = await lockOver(tx, MOST_CLOSED);
    for (const taskId of over) {
      await updateTask(tx, taskId, { doneAt: now, doneBy: null, updatedAt: now });
      await noteChanges(tx, { taskId, byId: null, changes: [{ what: "done" }] }, now);
    }
    await forgetNews(tx, { tasks: over, kinds: endedNews }, now);
    return over.length;
  });
}
