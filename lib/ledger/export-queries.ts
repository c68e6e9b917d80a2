import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema/workspace";

/** Files a person has begun since then, oldest first; until the transaction ends nobody begins another for them. */
export async function lockExports(tx: Tx, userId: string, since: Date): Promise<Date[]> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('decisions.exported'), hashtext(${userId}))`,
  );
  const rows = await tx
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectId, userId),
        eq(auditLog.action, "decisions.exported"),
        gt(auditLog.at, since),
      ),
    )
    .orderBy(asc(auditLog.at));
  return rows.map(({ at }) => at);
}
