"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import type { Caller } from "@/lib/auth/model";
import { instantAt } from "@/lib/core/local-time";
import { translator } from "@/lib/i18n/translator";
import { taskAccess, zoneOf } from "@/lib/tasks/access";
import { changeMany } from "@/lib/tasks/change-many";
import { changeTask, tickStep } from "@/lib/tasks/change-task";
import { commentTask, seeTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import {
  assignedSchema,
  manySchema,
  movedSchema,
  quickTaskSchema,
  savedStepsSchema,
  savedTaskSchema,
  taskIdSchema,
  tickedSchema,
  unlinkedSchema,
  writtenSchema,
} from "@/lib/tasks/form-model";
import { makeTask } from "@/lib/tasks/make-task";
import { makeCategory } from "@/lib/tasks/manage-categories";

const anew = () => revalidatePath("/tasks", "layout");

/** What was typed, as the clock of who typed it has it. */
async function instantOf(caller: Caller, due: string | null): Promise<Date | null> {
  return due === null ? null : instantAt(due, await zoneOf(taskAccess().db, caller));
}

export const add = action(quickTaskSchema, async (caller, { due, categoryId, ...given }) => {
  const access = taskAccess();
  const dueAt = await instantOf(caller, due);
  const name = translator(caller.locale)("tasks.quick.newList");
  const list = categoryId ?? (await makeCategory(access, caller, { name }));
  const id = await makeTask(access, caller, { ...given, categoryId: list, dueAt });
  anew();
  return { id };
});

export const save = action(savedTaskSchema, async (caller, { due, ...said }) => {
  const dueAt = due === undefined ? undefined : await instantOf(caller, due);
  await changeTask(taskAccess(), caller, { ...said, dueAt });
  anew();
});

export const unlink = action(unlinkedSchema, async (caller, said) => {
  await changeTask(taskAccess(), caller, said);
  anew();
});

export const keepSteps = action(savedStepsSchema, async (caller, said) => {
  await changeTask(taskAccess(), caller, said);
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

export const assignMany = action(assignedSchema, async (caller, { taskIds, userIds }) => {
  const act = { kind: "assign", userIds } as const;
  const outcome = await changeMany(taskAccess(), caller, { taskIds, act });
  anew();
  return outcome;
});
