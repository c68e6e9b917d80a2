import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { TaskAccess } from "./access";
import { MOST_STEPS } from "./field-model";
import { noteChanges } from "./note-change";
import { requireChange, requireComplete } from "./rights";
import { addStepTo, dropStep, lockTask, markStep, updateTask } from "./write-queries";

/**
 * One more step, after those there are by now. Throws `not_found` for a task out of sight, `forbidden` for who
 * may not change it, `conflict` when it has too many.
 */
export function addStep(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, text }: { taskId: string; text: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    requireChange(await lockTask(tx, caller, taskId));
    if ((await addStepTo(tx, taskId, text)) > MOST_STEPS)
      throw new AppError("conflict", "task_steps_many");
    await note(tx, caller, { taskId, details: { added: text } }, clock());
  });
}

/** Throws as `addStep`; one that is gone already stays so. */
export function removeStep(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, stepId }: { taskId: string; stepId: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    requireChange(await lockTask(tx, caller, taskId));
    const text = await dropStep(tx, taskId, stepId);
    if (text === null) return;
    await note(tx, caller, { taskId, details: { removed: text } }, clock());
  });
}

/** A step done or not, also by those whose task it is to do. Throws `not_found`, `forbidden`. */
export function tickStep(
  { db, clock }: TaskAccess,
  caller: Caller,
  { taskId, ...step }: { taskId: string; stepId: string; isDone: boolean },
): Promise<void> {
  return db.transaction(async (tx) => {
    requireComplete(await lockTask(tx, caller, taskId));
    const text = await markStep(tx, taskId, step);
    if (text === null) throw new AppError("not_found", "task_step_not_found");
    await note(tx, caller, { taskId, details: { step: text, isDone: step.isDone } }, clock());
  });
}

type Noted = { taskId: string; details: Record<string, unknown> };

async function note(tx: Tx, caller: Caller, { taskId, details }: Noted, now: Date): Promise<void> {
  await updateTask(tx, taskId, { updatedAt: now });
  const changes = [{ what: "steps" as const, details }];
  await noteChanges(tx, { taskId, byId: caller.id, changes }, now);
}
