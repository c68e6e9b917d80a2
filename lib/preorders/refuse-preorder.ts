import type { Tx } from "@/lib/db/client";
import type { Preorder } from "./model";
import { reportRun } from "./report-run";
import { slowLook } from "./rules";
import { tellNotEnded } from "./tell-not-ended";
import { movePreorder } from "./work-queries";

/**
 * A write that does not leave, or that Kaspi refuses: the preorder is what it was before it was asked for and
 * says why. Call it with the row locked.
 */
export async function refusePreorder(
  tx: Tx,
  preorder: Preorder,
  why: string,
  now: Date,
): Promise<void> {
  const { id, ending, status, activeAt, sentAt, runId } = preorder;
  const before = activeAt ? "active" : sentAt ? "sent" : "draft";
  // What Kaspi accepted earlier may still show.
  const lookAt = ending === null && before === "sent" && sentAt ? slowLook(sentAt, now) : null;
  await movePreorder(tx, id, {
    ...{ why, ending: null, notBefore: null, wantedAt: null, sendingAt: null, lookAt },
    status: ending === null ? before : status,
  });
  if (ending) await tellNotEnded(tx, preorder);
  await reportRun(tx, runId, now);
}
