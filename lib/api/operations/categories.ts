import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { countColleagues, listColleagues } from "@/lib/people/colleague-queries";
import { taskAccess } from "@/lib/tasks/access";
import { countCategories, findCategory, listCategories } from "@/lib/tasks/category-queries";
import { hexId } from "@/lib/tasks/field-model";
import { changeCategory, makeCategory, removeCategory } from "@/lib/tasks/manage-categories";
import { listOf, listQuery, pageOf, spanOf } from "../list-answer";
import { operation } from "../operation";
import { searchField } from "../request-fields";
import { categoryAnswer, personAnswer, toCategoryAnswer } from "../tasks/task-answer";
import { categoryChanges, membersIn, newCategory } from "../tasks/task-fields";

const tag = "tasks";
const params = z.object({ id: hexId });
const { page, page_size } = listQuery([]);

async function oneOf(caller: Caller, id: string) {
  const { db, clock } = taskAccess();
  return toCategoryAnswer(await findCategory(db, caller, id, clock()));
}

const listPeople = operation({
  id: "listPeople",
  method: "GET",
  path: "/people/",
  tag,
  summary: "Who works in the office and may be assigned a task, by name",
  scope: "read",
  query: z.strictObject({ page, page_size, search: searchField.optional() }),
  answers: { 200: listOf(personAnswer) },
  async handle({ query: { search: q, ...asked }, request }) {
    const { db } = taskAccess();
    const [count, results] = await Promise.all([
      countColleagues(db, { q }),
      listColleagues(db, { q, ...spanOf(asked) }),
    ]);
    return {
      body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
    };
  },
});

export const categoryOperations = [
  operation({
    id: "listCategories",
    method: "GET",
    path: "/categories/",
    tag,
    summary: "Lists of tasks: the caller's own, then those shared with them",
    scope: "read",
    query: z.strictObject({ page, page_size }),
    answers: { 200: listOf(categoryAnswer) },
    async handle({ caller, query: asked, request }) {
      const { db, clock } = taskAccess();
      const [count, found] = await Promise.all([
        countCategories(db, caller),
        listCategories(db, caller, clock(), spanOf(asked)),
      ]);
      const results = found.map(toCategoryAnswer);
      return {
        body: pageOf({ request, page: asked.page, pageSize: asked.page_size, count, results }),
      };
    },
  }),
  operation({
    id: "addCategory",
    method: "POST",
    path: "/categories/",
    tag,
    summary: "A list of the caller's own",
    scope: "write",
    body: newCategory,
    answers: { 201: categoryAnswer },
    async handle({ caller, body: { name, members } }) {
      const id = await makeCategory(taskAccess(), caller, { name, members: membersIn(members) });
      const headers = { location: `/api/v1/categories/${id}/` };
      return { status: 201, body: await oneOf(caller, id), headers };
    },
  }),
  operation({
    id: "getCategory",
    method: "GET",
    path: "/categories/{id}/",
    tag,
    summary: "One list of tasks",
    scope: "read",
    params,
    answers: { 200: categoryAnswer },
    handle: async ({ caller, params: { id } }) => ({ body: await oneOf(caller, id) }),
  }),
  operation({
    id: "changeCategory",
    method: "PATCH",
    path: "/categories/{id}/",
    tag,
    summary: "Its name, and with whom it is shared; its owner's alone",
    scope: "write",
    params,
    body: categoryChanges,
    answers: { 200: categoryAnswer },
    async handle({ caller, params: { id }, body: { name, members } }) {
      const said = { categoryId: id, name, members: membersIn(members) };
      await changeCategory(taskAccess(), caller, said);
      return { body: await oneOf(caller, id) };
    },
  }),
  operation({
    id: "removeCategory",
    method: "DELETE",
    path: "/categories/{id}/",
    tag,
    summary: "Deletes a list with all its tasks; its owner's alone",
    scope: "write",
    params,
    answers: { 204: null },
    async handle({ caller, params: { id } }) {
      await removeCategory(taskAccess(), caller, id);
      return { status: 204 };
    },
  }),
  listPeople,
];
