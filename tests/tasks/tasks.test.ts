import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { findActiveUser } from "@/lib/auth/users";
import { DAY, HOUR, later, MINUTE } from "@/lib/core/time";
import { countNotices, noticesPage } from "@/lib/notices/page-queries";
import { assignTask } from "@/lib/tasks/assign-task";
import { listCategories } from "@/lib/tasks/category-queries";
import { changeMany } from "@/lib/tasks/change-many";
import { addStep, removeStep, tickStep } from "@/lib/tasks/change-steps";
import { changeTask } from "@/lib/tasks/change-task";
import { commentTask, seeTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { listChanges, listComments } from "@/lib/tasks/detail-queries";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import { namedLinks } from "@/lib/tasks/links";
import type { TaskFilter } from "@/lib/tasks/list-model";
import { countTasks, goneDoers, listTasks } from "@/lib/tasks/list-queries";
import { makeOwnTask } from "@/lib/tasks/make-task";
import { changeCategory, removeCategory } from "@/lib/tasks/manage-categories";
import { hasNews } from "@/lib/tasks/notice-queries";
import { tellDue } from "@/lib/tasks/tell-due";
import { taskOffice } from "../support/tasks";

const office = await taskOffice();
const { db, access } = office;

let owner: Caller;
let doer: Caller;
let list: string;

beforeEach(async () => {
  await office.anew();
  owner = await office.person("Хозяин");
  doer = await office.person("Делает");
  list = await office.list(owner);
});

const titles = async (caller: Caller, filter: TaskFilter) => {
  const found = await listTasks(db, caller, filter, { limit: 50, offset: 0 });
  expect(await countTasks(db, caller, filter)).toBe(found.length);
  return found.map(({ title }) => title);
};
const open = async (kind: string) =>
  (await office.told()).filter((one) => one.kind === kind && !one.resolvedAt);

describe("a task", () => {
  test("knows when and by whom it was made, changed, done and reopened", async () => {
    const made = access.clock();
    const id = await office.task(owner, list);
    office.advance(HOUR);
    await completeTask(access, owner, id);
    const done = access.clock();
    expect(await office.seenBy(owner, id)).toMatchObject({
      ...{ createdAt: made, createdBy: { name: "Хозяин" } },
      ...{ doneAt: done, doneBy: { name: "Хозяин" }, updatedAt: done },
    });
    office.advance(HOUR);
    await completeTask(access, owner, id);
    expect((await office.seenBy(owner, id)).doneAt).toEqual(done);
    await reopenTask(access, owner, id);
    expect(await office.seenBy(owner, id)).toMatchObject({ doneAt: null, doneBy: null });
    const history = await listChanges(db, owner, id);
    expect(history.map(({ what }) => what).sort()).toEqual(["created", "done", "reopened"]);
  });

  test("changes what is said and leaves the rest; its history says what it was", async () => {
    const id = await office.task(owner, list, { text: "Абая, 10", priority: "high" });
    const dueAt = later(access.clock(), DAY);
    office.advance(MINUTE);
    await changeTask(access, owner, { taskId: id, title: "Иначе", dueAt });
    await changeTask(access, owner, { taskId: id, title: "Иначе", dueAt });
    const task = await office.seenBy(owner, id);
    expect(task).toMatchObject({ title: "Иначе", text: "Абая, 10", priority: "high", dueAt });
    const history = await listChanges(db, owner, id);
    expect(history).toHaveLength(3);
    const said = new Map(history.map(({ what, details }) => [what, details]));
    expect(said.get("renamed")).toEqual({ from: "Пересчитать остатки", to: "Иначе" });
    expect(said.get("due")).toEqual({ from: null, to: dueAt.toISOString() });
  });

  test("keeps the ids of the steps that stay, in the order that is said", async () => {
    const id = await office.task(owner, list, {
      steps: [
        { text: "Первый", isDone: false },
        { text: "Второй", isDone: false },
      ],
    });
    const [first, second] = (await office.seenBy(owner, id)).steps;
    await tickStep(access, owner, { taskId: id, stepId: second?.id ?? "", isDone: true });
    const foreign = crypto.randomUUID();
    const steps = [
      { stepId: second?.id, text: "Второй", isDone: true },
      { stepId: foreign, text: "Новый", isDone: false },
    ];
    await changeTask(access, owner, { taskId: id, steps });
    const kept = (await office.seenBy(owner, id)).steps;
    expect(kept.map(({ text }) => text)).toEqual(["Второй", "Новый"]);
    expect(kept[0]).toEqual({ id: second?.id, text: "Второй", isDone: true });
    expect([foreign, first?.id]).not.toContain(kept[1]?.id);
  });

  test("has a step more or less, whatever others do with the rest meanwhile", async () => {
    const taskId = await office.task(owner, list, {
      steps: [
        { text: "Первый", isDone: false },
        { text: "Второй", isDone: false },
      ],
      userIds: [doer.id],
    });
    const [first, second] = (await office.seenBy(owner, taskId)).steps;
    await Promise.all([
      tickStep(access, doer, { taskId, stepId: second?.id ?? "", isDone: true }),
      addStep(access, owner, { taskId, text: "Третий" }),
      addStep(access, owner, { taskId, text: "Третий" }),
      removeStep(access, owner, { taskId, stepId: first?.id ?? "" }),
    ]);
    await removeStep(access, owner, { taskId, stepId: first?.id ?? "" });
    const { steps } = await office.seenBy(owner, taskId);
    expect(steps.map(({ text, isDone }) => [text, isDone])).toEqual([
      ["Второй", true],
      ["Третий", false],
      ["Третий", false],
    ]);
    const more = addStep(access, doer, { taskId, text: "Нельзя" });
    await expect(more).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("has no more steps than fifty", async () => {
    const steps = Array.from({ length: 50 }, () => ({ text: "Шаг", isDone: false }));
    const taskId = await office.task(owner, list, { steps });
    const more = addStep(access, owner, { taskId, text: "Лишний" });
    await expect(more).rejects.toMatchObject({ key: "task_steps_many" });
  });

  test("changes hands by who is added and taken off, not by who was on the screen", async () => {
    const third = await office.person("Третий");
    const taskId = await office.task(owner, list, { userIds: [doer.id] });
    await assignTask(access, owner, { taskId, userIds: [doer.id, third.id] });
    const people = { added: [owner.id], removed: [doer.id] };
    await changeTask(access, owner, { taskId, people });
    const { assignees } = await office.seenBy(owner, taskId);
    expect(assignees.map(({ id }) => id).sort()).toEqual([owner.id, third.id].sort());
  });

  test("of one's own without a list makes the list with it, once, or neither", async () => {
    const given = { title: "Позвонить", listName: "Мои дела" };
    const lost = makeOwnTask(access, doer, { ...given, storeId: crypto.randomUUID() });
    await expect(lost).rejects.toMatchObject({ key: "task_link_unknown" });
    expect(await listCategories(db, doer, access.clock())).toEqual([]);
    await Promise.all([makeOwnTask(access, doer, given), makeOwnTask(access, doer, given)]);
    expect(await listCategories(db, doer, access.clock())).toMatchObject([
      { name: "Мои дела", open: 2 },
    ]);
    expect(await titles(doer, { mineOf: doer.id })).toEqual(["Позвонить", "Позвонить"]);
  });

  test("keeps in its history what was written over", async () => {
    const taskId = await office.task(owner, list, { text: "Абая, 10" });
    await changeTask(access, owner, { taskId, text: "Достык, 5" });
    const change = (await listChanges(db, owner, taskId)).find(({ what }) => what === "text");
    expect(change?.details).toEqual({ from: "Абая, 10" });
  });

  test("is found by both who move it at the same moment", async () => {
    const other = await office.list(owner, [], "Закуп");
    const taskId = await office.task(owner, list);
    await Promise.all(
      [other, list, other, list].map((categoryId) =>
        changeTask(access, owner, { taskId, categoryId }),
      ),
    );
  });

  test("done while its list is deleted makes neither wait for ever", async () => {
    for (const _ of [1, 2, 3]) {
      const gone = await office.list(owner, [[doer, "edit"]]);
      const ids = await Promise.all(
        [1, 2, 3, 4].map(() => office.task(owner, gone, { userIds: [doer.id] })),
      );
      const work = ids.map((id) =>
        completeTask(access, doer, id).catch((error) => expect(error.kind).toBe("not_found")),
      );
      await Promise.all([removeCategory(access, owner, gone), ...work]);
    }
  });

  test("gone takes its list's tasks, and all news of them, with it", async () => {
    const id = await office.task(owner, list, { userIds: [doer.id] });
    expect(await open("task_assigned")).toHaveLength(1);
    expect(await removeCategory(access, owner, list)).toBe(1);
    expect(await open("task_assigned")).toEqual([]);
    await expect(office.seenBy(doer, id)).rejects.toThrow("out of sight");
  });
});

describe("people hear", () => {
  test("that a task is given to them, unless they took it themselves, until they open it", async () => {
    const id = await office.task(owner, list, { userIds: [doer.id, owner.id] });
    expect(await open("task_assigned")).toMatchObject([
      { userId: doer.id, params: { task: id, by: "Хозяин" } },
    ]);
    expect(await hasNews(db, id, doer.id)).toBe(true);
    await seeTask(access, doer, id);
    expect(await hasNews(db, id, doer.id)).toBe(false);
    expect(await open("task_assigned")).toEqual([]);
  });

  test("no more of a task that was taken from them", async () => {
    const id = await office.task(owner, list, { userIds: [doer.id] });
    await assignTask(access, owner, { taskId: id, userIds: [] });
    expect(await open("task_assigned")).toEqual([]);
  });

  test("what is said of their task, and not what they say themselves", async () => {
    const id = await office.task(owner, list, { userIds: [doer.id] });
    await commentTask(access, doer, { taskId: id, text: "Склад закрыт" });
    expect(await open("task_commented")).toMatchObject([
      { userId: owner.id, params: { by: "Делает", text: "Склад закрыт" } },
    ]);
    office.advance(MINUTE);
    await commentTask(access, owner, { taskId: id, text: "Тогда завтра" });
    expect((await open("task_commented")).map(({ userId }) => userId).sort()).toEqual(
      [owner.id, doer.id].sort(),
    );
    expect((await listComments(db, id)).map(({ text }) => text)).toEqual([
      "Склад закрыт",
      "Тогда завтра",
    ]);
  });

  test("what was said just before it was done", async () => {
    const id = await office.task(owner, list, { userIds: [doer.id] });
    await commentTask(access, doer, { taskId: id, text: "Не хватило трёх коробок" });
    await commentTask(access, owner, { taskId: id, text: "Заказала" });
    await completeTask(access, doer, id);
    // Whoever finishes it has read it.
    expect(await open("task_commented")).toMatchObject([{ userId: owner.id }]);
  });

  test("what a colleague says of nobody's task in their list", async () => {
    const shared = await office.list(owner, [[doer, "edit"]]);
    const id = await office.task(doer, shared);
    await commentTask(access, doer, { taskId: id, text: "Срочно" });
    expect(await open("task_commented")).toMatchObject([{ userId: owner.id }]);
  });

  test("nothing any more of a list that is not shared with them, or of what has left it", async () => {
    const shared = await office.list(owner, [[doer, "view"]]);
    const ids = [await office.task(owner, shared), await office.task(owner, shared)];
    for (const taskId of ids) {
      await commentTask(access, doer, { taskId, text: "Когда?" });
      await commentTask(access, owner, { taskId, text: "Не говорите никому" });
    }
    const toDoer = async () =>
      (await open("task_commented")).filter(({ userId }) => userId === doer.id);
    expect(await toDoer()).toHaveLength(2);
    await changeTask(access, owner, { taskId: ids[0] ?? "", categoryId: list });
    expect(await toDoer()).toMatchObject([{ params: { task: ids[1] } }]);
    const page = () => noticesPage(db, doer, { limit: 50, offset: 0 });
    expect([await countNotices(db, doer), (await page()).length]).toEqual([1, 1]);
    await changeCategory(access, owner, { categoryId: shared, members: [] });
    expect(await toDoer()).toEqual([]);
    expect([await countNotices(db, doer), await page()]).toEqual([0, []]);
  });

  test("nothing of a deadline when nobody's task was given to somebody", async () => {
    await tellDue(access);
    const taskId = await office.task(owner, list, { dueAt: later(access.clock(), MINUTE) });
    office.advance(MINUTE);
    await tellDue(access);
    expect(await open("task_due")).toMatchObject([{ userId: owner.id }]);
    await assignTask(access, owner, { taskId, userIds: [doer.id] });
    expect(await open("task_due")).toEqual([]);
  });

  test("nothing more of a task that is done or deleted", async () => {
    const done = await office.task(owner, list, { userIds: [doer.id] });
    const gone = await office.task(owner, list, { userIds: [doer.id] });
    await completeTask(access, doer, done);
    await removeTask(access, owner, gone);
    expect(await open("task_assigned")).toEqual([]);
  });
});

describe("lists", () => {
  test("are narrowed by list, person, state, deadline and words", async () => {
    const other = await office.list(owner, [[doer, "view"]], "Отзывы");
    const now = access.clock();
    await office.task(owner, list, { title: "Ничья" });
    await office.task(owner, list, { title: "Чужая", userIds: [doer.id] });
    await office.task(owner, other, { title: "Скоро 50%", dueAt: later(now, HOUR) });
    const done = await office.task(owner, other, { title: "Готова", text: "скоро" });
    await completeTask(access, owner, done);
    expect(await titles(owner, { category: list, order: "title" })).toEqual(["Ничья", "Чужая"]);
    expect(await titles(owner, { assignee: doer.id })).toEqual(["Чужая"]);
    expect(await titles(owner, { done: true })).toEqual(["Готова"]);
    expect(await titles(owner, { q: "скоро", order: "title" })).toEqual(["Готова", "Скоро 50%"]);
    expect(await titles(owner, { q: "50%" })).toEqual(["Скоро 50%"]);
    expect(await titles(owner, { dueFrom: now, dueBefore: later(now, 2 * HOUR) })).toEqual([
      "Скоро 50%",
    ]);
    expect(await titles(owner, { mineOf: owner.id, done: false, order: "title" })).toEqual([
      "Ничья",
      "Скоро 50%",
    ]);
    expect(await titles(doer, { order: "title" })).toEqual(["Готова", "Скоро 50%", "Чужая"]);
    expect(await titles(doer, { mineOf: doer.id })).toEqual(["Чужая"]);
  });

  test("leave to the list's owner what only somebody who has left has to do", async () => {
    await office.task(owner, list, { title: "Осталась", userIds: [doer.id] });
    expect(await titles(owner, { mineOf: owner.id })).toEqual([]);
    await db.execute(`update users set is_active = false where id = '${doer.id}'`);
    expect(await titles(owner, { mineOf: owner.id })).toEqual(["Осталась"]);
    expect(await goneDoers(db, owner)).toEqual([{ id: doer.id, name: "Делает" }]);
    expect(await goneDoers(db, await office.person("Чужой"))).toEqual([]);
  });

  test("have what is due first on top, and what has no deadline at the end, whichever way", async () => {
    const now = access.clock();
    await office.task(owner, list, { title: "Без срока" });
    await office.task(owner, list, { title: "Завтра", dueAt: later(now, DAY) });
    await office.task(owner, list, { title: "Сегодня", dueAt: later(now, HOUR) });
    expect(await titles(owner, {})).toEqual(["Сегодня", "Завтра", "Без срока"]);
    expect(await titles(owner, { order: "-due_at" })).toEqual(["Завтра", "Сегодня", "Без срока"]);
  });

  test("count what is open and what is late", async () => {
    const now = access.clock();
    await office.task(owner, list, { dueAt: later(now, HOUR) });
    await office.task(owner, list);
    await completeTask(access, owner, await office.task(owner, list));
    office.advance(DAY);
    const [found] = await listCategories(db, owner, access.clock());
    expect(found).toMatchObject({ open: 2, overdue: 1, rights: "owner" });
  });

  test("many are done at once", async () => {
    const ids = [await office.task(owner, list), await office.task(owner, list)];
    const outcome = await changeMany(access, owner, { taskIds: ids, act: { kind: "complete" } });
    expect(outcome).toEqual({ done: 2, skipped: 0 });
    expect(await titles(owner, { done: false })).toEqual([]);
    await changeMany(access, owner, { taskIds: ids, act: { kind: "reopen" } });
    expect(await titles(owner, { done: false })).toHaveLength(2);
  });

  test("many are given to one more, and taken from everybody", async () => {
    const taskId = await office.task(owner, list, { userIds: [doer.id] });
    const given = { kind: "assign", userIds: [owner.id] } as const;
    await changeMany(access, owner, { taskIds: [taskId], act: given });
    expect((await office.seenBy(owner, taskId)).assignees).toHaveLength(2);
    await changeMany(access, owner, { taskIds: [taskId], act: { kind: "unassign" } });
    expect((await office.seenBy(owner, taskId)).assignees).toEqual([]);
  });
});

describe("what a task is about", () => {
  async function store(): Promise<string> {
    const [row] = await db.execute<{ id: string }>(
      `insert into stores (user_id, merchant_id, name) values ('${owner.id}', '17203946', 'Тайная лавка') returning id`,
    );
    return row?.id ?? "";
  }
  async function seller(): Promise<Caller> {
    await db.execute(`update users set role = 'owner' where id = '${owner.id}'`);
    const found = await findActiveUser(db, owner.id);
    if (!found) throw new Error("gone");
    return found;
  }

  test("is named to who may see it, and to nobody else", async () => {
    const boss = await seller();
    const storeId = await store();
    const id = await office.task(boss, list, { storeId, userIds: [doer.id] });
    const seen = await office.seenBy(boss, id);
    expect(seen).toMatchObject({ storeId, hasHiddenLinks: false });
    expect(await namedLinks(db, boss, seen)).toEqual([
      { kind: "store", id: storeId, name: "Тайная лавка" },
    ]);
    const hidden = await office.seenBy(doer, id);
    expect(hidden).toMatchObject({ storeId: null, hasHiddenLinks: true });
    expect(JSON.stringify([hidden, await listChanges(db, owner, id)])).not.toContain("лавка");
  });

  test("is set by who may see it", async () => {
    const storeId = await store();
    const own = await office.list(doer);
    const made = office.task(doer, own, { storeId });
    await expect(made).rejects.toMatchObject({ kind: "invalid", key: "task_link_unknown" });
  });

  test("may go, and the task stays", async () => {
    const boss = await seller();
    const storeId = await store();
    const id = await office.task(boss, list, { storeId });
    await changeTask(access, boss, { taskId: id, storeId: null });
    expect(await office.seenBy(boss, id)).toMatchObject({ storeId: null, hasHiddenLinks: false });
    expect(
      (await listChanges(db, owner, id)).find(({ what }) => what === "links")?.details,
    ).toEqual({
      kinds: ["store"],
    });
  });
});
