"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import type { Caller } from "@/lib/auth/model";
import { instantAt } from "@/lib/core/local-time";
import { translator } from "@/lib/i18n/translator";
import { taskAccess, zoneOf } from "@/lib/tasks/access";
import { changeMany } from "@/lib/tasks/change-many";
import { addStep, removeStep, tickStep } from "@/lib/tasks/change-steps";
import { changeTask } from "@/lib/tasks/change-task";
import { commentTask, seeTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import {
  assignedSchema,
  manySchema,
  movedSchema,
  newStepSchema,
  quickTaskSchema,
  savedTaskSchema,
  stepSchema,
  taskIdSchema,
  tickedSchema,
  unlinkedSchema,
  writtenSchema,
} from "@/lib/tasks/form-model";
import { makeOwnTask, makeTask } from "@/lib/tasks/make-task";

const anew = () => revalidatePath("/tasks", "layout");

/** What was typed, as the clock of who typed it has it. */
async function instantOf(caller: Caller, due: string | null): Promise<Date | null> {
  return due === null ? null : instantAt(due, await zoneOf(taskAccess().db, caller));
}

export const add = action(quickTaskSchema, async (caller, { due, categoryId, ...given }) => {
  const access = taskAccess();
  const dueAt = await instantOf(caller, due);
  const listName = translator(caller.locale)("tasks.quick.newList");
  const id = categoryId
    ? await makeTask(access, caller, { ...given, categoryId, dueAt })
    : await makeOwnTask(access, caller, { ...given, listName, dueAt });
  anew();
  return { id };
});

export const save = action(savedTaskSchema, async (caller, given) => {
  const { due, addedIds: added = [], removedIds: removed = [], ...said } = given;
  const dueAt = due === undefined ? undefined : await instantOf(caller, due);
  await changeTask(taskAccess(), caller, { ...said, dueAt, people: { added, removed } });
  anew();
});

export const unlink = action(unlinkedSchema, async (caller, said) => {
  await changeTask(taskAccess(), caller, said);
  anew();
});

export const putStep = action(newStepSchema, async (caller, said) => {
  await addStep(taskAccess(), caller, said);
  anew();
});

export const dropStep = action(stepSchema, async (caller, said) => {
  await removeStep(taskAccess(), caller, said);
  anew();
});

export const tick = action(tickedSchema, async (caller, said) => {
  await tickStep(taskAccess(), caller, said);
  anew();
});

export const complete = action(taskIdSchema, async (caller, { taskId }) => {
  await completeTask(taskAccess(), caller, taskId);
  anew();
});

export const reopen = action(taskIdSchema, async (caller, { taskId }) => {
  await reopenTask(taskAccess(), caller, taskId);
  anew();
});

export const remove = action(taskIdSchema, async (caller, { taskId }) => {
  // Its own page is about to be left: drawn anew it would be none.
  await removeTask(taskAccess(), caller, taskId);
});

export const comment = action(writtenSchema, async (caller, said) => {
  await commentTask(taskAccess(), caller, said);
  anew();
});

export const seen = action(taskIdSchema, async (caller, { taskId }) => {
  await seeTask(taskAccess(), caller, taskId);
});

export const completeMany = action(manySchema, async (caller, { taskIds }) => {
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act: { kind: "complete" } });
  anew();
  return outcome;
});

export const reopenMany = action(manySchema, async (caller, { taskIds }) => {
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act: { kind: "reopen" } });
  anew();
  return outcome;
});

export const removeMany = action(manySchema, async (caller, { taskIds }) => {
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act: { kind: "delete" } });
  anew();
  return outcome;
});

export const moveMany = action(movedSchema, async (caller, { taskIds, categoryId }) => {
  const act = { kind: "move", categoryId } as const;
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act });
  anew();
  return outcome;
});

const unassign = { kind: "unassign" } as const;

/** Nobody of the people: the tasks are taken from all. */
export const assignMany = action(assignedSchema, async (caller, { taskIds, userIds }) => {
  const act = userIds.length > 0 ? ({ kind: "assign", userIds } as const) : unassign;
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act });
  anew();
  return outcome;
});
