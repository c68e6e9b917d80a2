import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema/workspace";

export type AuditEntry = {
  at: Date;
  userId: string | null;
  storeId?: string | null;
  action: `${string}.${string}`;
  subjectId?: string;
  /** Before and after, counts; never a secret. */
  details?: Record<string, unknown>;
};

/** Records a change; call it with the transaction of the change itself. */
export async function audit(tx: Tx, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length > 0) await tx.insert(auditLog).values(entries);
}
