import type { Tx } from "@/lib/db/client";
import { resolveNotice } from "@/lib/notices/queries";
import type { Preorder } from "./model";
import { reportRun } from "./report-run";
import { movePreorder } from "./work-queries";

/** Kaspi shows what was asked of it: the preorder is active, or has ended. Call it with the row locked. */
export async function reachGoal(tx: Tx, preorder: Preorder, now: Date): Promise<void> {
  const { id, ending, runId } = preorder;
  await movePreorder(tx, id, {
    ...{ why: null, notBefore: null, wantedAt: null, sendingAt: null, lookAt: null, ending: null },
    ...(ending ? { status: ending, endedAt: now } : { status: "active", activeAt: now }),
  });
  await resolveNotice(tx, "preorder_not_shown", id, now);
  if (ending) await resolveNotice(tx, "preorder_not_put_back", id, now);
  await reportRun(tx, runId, now);
}
