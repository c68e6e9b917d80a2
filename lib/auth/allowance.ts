import { and, asc, eq, gt, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import { later, MINUTE } from "@/lib/core/time";
import type { Db, Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema/workspace";
import { type AuditEntry, audit } from "./audit";

/** How often a person may do what costs the installation much, and the text when it was more often. */
export type Allowance = {
  action: AuditEntry["action"];
  most: number;
  withinMs: number;
  error: string;
};

/** Files with everything in them. */
export const filesTaken = (action: AuditEntry["action"]): Allowance => ({
  action,
  most: 10,
  withinMs: 10 * MINUTE,
  error: "too_many_exports",
});

/**
 * Writes down that somebody takes what is taken only so often; in every process together, and however
 * many ask at once. Throws `rate_limited` with the time until the next.
 */
export async function takeAllowed(
  db: Db,
  userId: string,
  { action, most, withinMs, error }: Allowance,
  entry: { at: Date; storeId?: string | null; details?: Record<string, unknown> },
): Promise<void> {
  await db.transaction(async (tx) => {
    const since = later(entry.at, -withinMs);
    const taken = await lockTaken(tx, userId, action, since);
    const [oldest] = taken;
    if (oldest && taken.length >= most) {
      const retryAfterMs = Math.max(1, oldest.getTime() - since.getTime());
      throw new AppError("rate_limited", error, { retryAfterMs });
    }
    await audit(tx, { ...entry, userId, action, subjectId: userId });
  });
}

/** When it was taken since then, oldest first; until the transaction ends nobody takes another. */
async function lockTaken(
  tx: Tx,
  userId: string,
  action: AuditEntry["action"],
  since: Date,
): Promise<Date[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${action}), hashtext(${userId}))`);
  const rows = await tx
    .select({ at: auditLog.at })
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, userId), eq(auditLog.action, action), gt(auditLog.at, since)))
    .orderBy(asc(auditLog.at));
  return rows.map(({ at }) => at);
}
