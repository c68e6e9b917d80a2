import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema/workspace";
import { currentOrigin } from "@/lib/log/origin";
import type { AuditAction } from "./audit-model";

export type AuditEntry = {
  at: Date;
  /** Null: the system itself. */
  userId: string | null;
  storeId?: string | null;
  action: AuditAction;
  subjectId?: string;
  /** Before and after, counts; never a secret. */
  details?: Record<string, unknown>;
};

/** Records a change, and where it comes from; call it with the transaction of the change itself. */
export async function audit(tx: Tx, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const origin = currentOrigin();
  const from = {
    address: origin?.from ?? null,
    requestId: origin?.requestId ?? null,
    keyId: origin?.keyId ?? null,
    runId: origin?.runId ?? null,
  };
  await tx.insert(auditLog).values(entries.map((entry) => ({ ...entry, ...from })));
}
