import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { resolveNotice } from "@/lib/notices/queries";
import { lockPreorder, setPreorder } from "./change-queries";
import type { Ending } from "./model";
import { reportRun } from "./report-run";

const actions = {
  cancelled: "product.preorder_cancelled",
  completed: "product.preorder_completed",
} as const;

/**
 * Ends an open preorder. What was never written at Kaspi ends at once; else Kaspi's row is put right first:
 * as it was (`cancelled`), or without days because the goods have come (`completed`). Throws `not_found`,
 * `forbidden`, `conflict` for one that is over.
 */
export async function endPreorder(
  db: Tx,
  caller: Caller,
  { id, how }: { id: string; how: Ending },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { preorder } = await lockPreorder(tx, caller, id);
    const { storeId, productId, runId } = preorder;
    const wasWritten = preorder.before !== null;
    const wanted = { ending: how, wantedAt: now };
    const over = { status: how, endedAt: now, ending: null, wantedAt: null };
    const calm = { notBefore: null, why: null };
    await setPreorder(tx, id, { ...calm, ...(wasWritten ? wanted : over) }, now);
    const entry = { at: now, userId: caller.id, storeId, subjectId: productId };
    await audit(tx, { ...entry, action: actions[how] });
    if (wasWritten) return emit(tx, [events.preordersRequested.create({ storeId })]);
    await resolveNotice(tx, "preorder_not_shown", id, now);
    await reportRun(tx, runId, now);
  });
}
