import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { taskAccess } from "@/lib/tasks/access";
import { assignTask } from "@/lib/tasks/assign-task";
import { changeTask } from "@/lib/tasks/change-task";
import { seeTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { hexId } from "@/lib/tasks/field-model";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import { taskOrders } from "@/lib/tasks/list-model";
import { countTasks, listTasks } from "@/lib/tasks/list-queries";
import { makeTask } from "@/lib/tasks/make-task";
import { listOf, listQuery, pageOf, requirePage, spanOf } from "../list-answer";
import { operation } from "../operation";
import { idField, searchField, yesNo } from "../request-fields";
import { taskAnswer, toTaskAnswer } from "../tasks/task-answer";
import { assigned, momentField, newTask, saidOf, taskChanges } from "../tasks/task-fields";
import { inWireNames } from "../tasks/wire-names";
import { rowOf, taskPartOperations } from "./task-parts";

const tag = "tasks";
const params = z.object({ id: hexId });

const answerOf = async (caller: Caller, id: string) => ({
  body: toTaskAnswer(await rowOf(caller, id)),
});

const query = z.strictObject({
  ...listQuery(taskOrders),
  category: hexId.optional(),
  assignee: z
    .union([z.literal("me"), idField], { error: "not_an_id" })
    .optional()
    .describe("`me`, or an id of `GET /people/`"),
  mine: yesNo.optional().describe("The caller's to do, or nobody's in a list of their own"),
  done: yesNo.optional(),
  due_after: momentField.optional().describe("Due then or later"),
  due_before: momentField.optional().describe("Due before that"),
  search: searchField.optional().describe("Words of the title or the text"),
});

/** What is done with one task by its address alone; the task is answered. */
const act = (
  id: string,
  said: { verb: string; summary: string },
  work: (caller: Caller, taskId: string) => Promise<void>,
) =>
  operation({
    id,
    method: "POST",
    path: `/tasks/{id}/${said.verb}/`,
    tag,
    summary: said.summary,
    scope: "write",
    params,
    answers: { 200: taskAnswer },
    async handle({ caller, params: { id: taskId } }) {
      await work(caller, taskId);
      return answerOf(caller, taskId);
    },
  });

export const taskOperations = [
  operation({
    id: "listTasks",
    method: "GET",
    path: "/tasks/",
    tag,
    summary: "Tasks of the caller's lists, of those shared with them, and those assigned to them",
    scope: "read",
    query,
    answers: { 200: listOf(taskAnswer) },
    async handle({ caller, query: asked, request }) {
      const { db } = taskAccess();
      const { category, assignee, mine, done, due_after, due_before, search, ordering } = asked;
      const filter = {
        ...{ category, done, dueFrom: due_after, dueBefore: due_before, q: search },
        assignee: assignee === "me" ? caller.id : assignee,
        mineOf: mine ? caller.id : undefined,
        order: ordering,
      };
      const count = await countTasks(db, caller, filter);
      requirePage(count, asked);
      const found = await listTasks(db, caller, filter, spanOf(asked));
      const results = found.map(toTaskAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
  operation({
    id: "addTask",
    method: "POST",
    path: "/tasks/",
    tag,
    summary: "A task in a list that is the caller's or theirs to edit",
    scope: "write",
    body: newTask,
    answers: { 201: taskAnswer },
    async handle({ caller, body: { category_id: categoryId, title, user_ids: userIds, ...rest } }) {
      const given = { categoryId, title, userIds, ...saidOf(rest) };
      const id = await inWireNames(makeTask(taskAccess(), caller, given));
      const headers = { location: `/api/v1/tasks/${id}/` };
      return { status: 201, ...(await answerOf(caller, id)), headers };
    },
  }),
  operation({
    id: "getTask",
    method: "GET",
    path: "/tasks/{id}/",
    tag,
    summary: "One task",
    scope: "read",
    params,
    answers: { 200: taskAnswer },
    handle: ({ caller, params: { id } }) => answerOf(caller, id),
  }),
  operation({
    id: "changeTask",
    method: "PATCH",
    path: "/tasks/{id}/",
    tag,
    summary: "Changes what is named and leaves the rest",
    scope: "write",
    params,
    body: taskChanges,
    answers: { 200: taskAnswer },
    async handle({ caller, params: { id }, body: { category_id: categoryId, title, ...rest } }) {
      const said = { taskId: id, categoryId, title, ...saidOf(rest) };
      await inWireNames(changeTask(taskAccess(), caller, said));
      return answerOf(caller, id);
    },
  }),
  operation({
    id: "removeTask",
    method: "DELETE",
    path: "/tasks/{id}/",
    tag,
    summary: "Deletes a task with its steps, comments and history",
    scope: "write",
    params,
    answers: { 204: null },
    async handle({ caller, params: { id } }) {
      await removeTask(taskAccess(), caller, id);
      return { status: 204 };
    },
  }),
  act(
    "completeTask",
    { verb: "complete", summary: "Done; a task that is done already stays as it is" },
    (caller, id) => completeTask(taskAccess(), caller, id),
  ),
  act(
    "reopenTask",
    { verb: "reopen", summary: "To be done again; an open task stays as it is" },
    (caller, id) => reopenTask(taskAccess(), caller, id),
  ),
  act("seeTask", { verb: "seen", summary: "The caller has read what is new in it" }, (caller, id) =>
    seeTask(taskAccess(), caller, id),
  ),
  operation({
    id: "assignTask",
    method: "POST",
    path: "/tasks/{id}/assign/",
    tag,
    summary: "Whose it is to do from now on; who is new hears of it",
    scope: "write",
    params,
    body: assigned,
    answers: { 200: taskAnswer },
    async handle({ caller, params: { id: taskId }, body: { user_ids: userIds } }) {
      await inWireNames(assignTask(taskAccess(), caller, { taskId, userIds }));
      return answerOf(caller, taskId);
    },
  }),
  ...taskPartOperations,
];
