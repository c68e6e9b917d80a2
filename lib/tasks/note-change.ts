import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Tx } from "@/lib/db/client";
import type { ChangeKind } from "./model";
import { insertChanges } from "./write-queries";

/** A change of a task; `byId` null: of itself. */
export type TaskChange = {
  what: ChangeKind;
  /** What the task's own page says: names, instants. */
  details?: Record<string, unknown>;
};

const actions: Partial<Record<ChangeKind, AuditEntry["action"]>> = {
  created: "task.created",
  done: "task.completed",
  reopened: "task.reopened",
  assigned: "task.assigned",
};

type Noted = { taskId: string; byId: string | null; changes: readonly TaskChange[] };

/** Into the task's history and the office's audit: that one is read by more people, so no word of the task is in it. */
export async function noteChanges(
  tx: Tx,
  { taskId, byId, changes }: Noted,
  now: Date,
): Promise<void> {
  await insertChanges(
    tx,
    changes.map((one) => ({ taskId, at: now, userId: byId, ...one })),
  );
  const entry = { at: now, userId: byId, subjectId: taskId };
  const plain = changes.filter(({ what }) => !actions[what]).map(({ what }) => what);
  const named = changes.flatMap(({ what }) => actions[what] ?? []);
  await audit(
    tx,
    ...named.map((action) => ({ ...entry, action })),
    ...(plain.length > 0
      ? [{ ...entry, action: "task.changed" as const, details: { what: plain } }]
      : []),
  );
}
