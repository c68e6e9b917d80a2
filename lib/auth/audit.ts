import { sql } from "drizzle-orm";
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
  const rows = entries.map((entry) => ({ ...entry, ...from }));
  if (rows.length > FEW) return insertMany(tx, rows);
  await tx.insert(auditLog).values(rows);
}

/** With a parameter for each value, more of them take longer to write down than to store. */
const FEW = 50;

async function insertMany(tx: Tx, rows: readonly object[]): Promise<void> {
  await tx.execute(sql`insert into ${auditLog} (at, user_id, store_id, action, subject_id, details,
      address, request_id, key_id, run_id)
    select at, "userId", "storeId", action, "subjectId", coalesce(details, '{}'), address, "requestId",
      "keyId", "runId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as said(at timestamptz, "userId" uuid,
      "storeId" uuid, action text, "subjectId" text, details jsonb, address text, "requestId" text,
      "keyId" uuid, "runId" text)`);
}
