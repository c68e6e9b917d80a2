import type { AuditRow } from "@/lib/audit/queries";
import { type AuditReader, type AuditWords, auditWords } from "@/lib/audit/words";

/** An entry as the browser gets it. */
export type AuditLine = AuditWords &
  Pick<
    AuditRow,
    | "id"
    | "at"
    | "action"
    | "userId"
    | "storeId"
    | "storeName"
    | "subjectId"
    | "requestId"
    | "keyName"
    | "runId"
  > & { address: string | null };

export function auditLine(reader: AuditReader, entry: AuditRow): AuditLine {
  const { id, at, action, userId, storeId, storeName, subjectId, address } = entry;
  const { requestId, keyName, runId } = entry;
  const told = { id, at, action, userId, storeId, storeName, subjectId, address };
  const kept = { ...told, requestId, keyName, runId };
  return { ...auditWords(reader, entry), ...kept };
}
