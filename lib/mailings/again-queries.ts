import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { attempts } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { type Run, triedWith } from "./runs/run-queries";

type Meant = Pick<Run, "id" | "mailingId" | "number">;

/** How many would get the letter of a run again: those it has failed for, and those of whom nobody knows. */
export async function sentAgain(tx: Tx, run: Meant): Promise<{ failure: number; unknown: number }> {
  const [failure, unknown] = await Promise.all(
    (["failure", "unknown"] as const).map((end) =>
      tx.$count(
        recipients,
        and(
          triedWith(run, { end, attemptId: null }),
          isNull(recipients.unsubscribedAt),
          isNull(recipients.bouncedAt),
        ),
      ),
    ),
  );
  return { failure: failure ?? 0, unknown: unknown ?? 0 };
}

/** Of these attempts of a run, those whose recipient has, or may have, the letter of a later one. */
export async function gotSince(
  tx: Tx,
  run: Meant,
  recipientIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (recipientIds.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ id: attempts.recipientId })
    .from(attempts)
    .where(
      and(
        inArray(attempts.recipientId, [...recipientIds]),
        eq(attempts.mailingId, run.mailingId),
        inArray(attempts.status, ["success", "unknown", "sending"]),
        sql`${attempts.runNumber} > ${run.number}`,
      ),
    );
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
}
