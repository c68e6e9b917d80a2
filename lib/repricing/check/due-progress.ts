import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { beginCounting, countDone, countedSoFar } from "@/lib/runs/counting-queries";
import { countDue } from "./check-queries";

/** Fewer are over before anybody has read how far they are. */
const WORTH_COUNTING = 40;

/**
 * How far a job is with what is due in its store. What is left is counted anew only when all that was
 * known of is done: it costs as much as there is.
 */
export function dueProgress(
  { db, clock }: Pick<KaspiAccess, "db" | "clock">,
  storeId: string,
  jobRunId: string,
) {
  return {
    /** `first`: those to begin with; `isAll`: no more are due. */
    async begin(first: number, isAll: boolean): Promise<void> {
      const known = await countedSoFar(db, jobRunId);
      if (known && known.done < (known.total ?? 0)) return;
      const left = isAll ? first : await countDue(db, storeId, clock());
      if (known === null && left < WORTH_COUNTING) return;
      await beginCounting(db, { id: jobRunId, kind: "reprice", storeId }, left, clock());
    },
    saving: (tx: Tx, checked: number) => countDone(tx, jobRunId, checked),
  };
}
