import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { taskAccess } from "@/lib/tasks/access";
import { tickStep } from "@/lib/tasks/change-steps";
import { commentTask } from "@/lib/tasks/comment-task";
import { countChanges, countComments, listChanges, listComments } from "@/lib/tasks/detail-queries";
import { commentSchema, hexId } from "@/lib/tasks/field-model";
import { findTask } from "@/lib/tasks/list-queries";
import type { TaskRow } from "@/lib/tasks/model";
import { listOf, listQuery, pageOf, spanOf } from "../list-answer";
import { operation } from "../operation";
import { idField } from "../request-fields";
import {
  changeAnswer,
  commentAnswer,
  taskAnswer,
  toChangeAnswer,
  toCommentAnswer,
  toTaskAnswer,
} from "../tasks/task-answer";

const tag = "tasks";
const params = z.object({ id: hexId });
const { page, page_size } = listQuery([]);

/** The task, if the caller sees it. Throws `not_found`. */
export async function rowOf(caller: Caller, id: string): Promise<TaskRow> {
  const found = await findTask(taskAccess().db, caller, id);
  if (!found) throw new AppError("not_found", "task_not_found");
  return found;
}

/** What a task falls into, what was said of it and what became of it. */
export const taskPartOperations = [
  operation({
    id: "tickStep",
    method: "POST",
    path: "/tasks/{id}/steps/{step_id}/",
    tag,
    summary: "A step done or not; also for those whose task it is to do",
    scope: "write",
    params: params.extend({ step_id: idField }),
    body: z.strictObject({ is_done: z.boolean({ error: "not_yes_or_no" }) }),
    answers: { 200: taskAnswer },
    async handle({ caller, params: { id: taskId, step_id: stepId }, body: { is_done: isDone } }) {
      await tickStep(taskAccess(), caller, { taskId, stepId, isDone });
      return { body: toTaskAnswer(await rowOf(caller, taskId)) };
    },
  }),
  operation({
    id: "listTaskComments",
    method: "GET",
    path: "/tasks/{id}/comments/",
    tag,
    summary: "What was said of a task, the oldest first",
    scope: "read",
    params,
    query: z.strictObject({ page, page_size }),
    answers: { 200: listOf(commentAnswer) },
    async handle({ caller, params: { id }, query: asked, request }) {
      await rowOf(caller, id);
      const { db } = taskAccess();
      const [count, found] = await Promise.all([
        countComments(db, id),
        listComments(db, id, spanOf(asked)),
      ]);
      const results = found.map(toCommentAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
  operation({
    id: "addTaskComment",
    method: "POST",
    path: "/tasks/{id}/comments/",
    tag,
    summary: "Says something of a task; who has to do with it hears that",
    scope: "write",
    params,
    body: z.strictObject({ text: commentSchema }),
    answers: { 201: commentAnswer },
    async handle({ caller, params: { id: taskId }, body: { text } }) {
      const made = await commentTask(taskAccess(), caller, { taskId, text });
      return { status: 201, body: toCommentAnswer(made) };
    },
  }),
  operation({
    id: "listTaskHistory",
    method: "GET",
    path: "/tasks/{id}/history/",
    tag,
    summary: "What became of a task, the newest first",
    scope: "read",
    params,
    query: z.strictObject({ page, page_size }),
    answers: { 200: listOf(changeAnswer) },
    async handle({ caller, params: { id }, query: asked, request }) {
      await rowOf(caller, id);
      const { db } = taskAccess();
      const [count, found] = await Promise.all([
        countChanges(db, id),
        listChanges(db, caller, id, spanOf(asked)),
      ]);
      const results = found.map(toChangeAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
];
