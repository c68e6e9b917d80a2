import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { isAppError } from "@/lib/core/errors";
import { assignTask } from "@/lib/tasks/assign-task";
import { findCategory } from "@/lib/tasks/category-queries";
import { changeMany } from "@/lib/tasks/change-many";
import { addStep, removeStep, tickStep } from "@/lib/tasks/change-steps";
import { changeTask } from "@/lib/tasks/change-task";
import { commentTask } from "@/lib/tasks/comment-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { listChanges } from "@/lib/tasks/detail-queries";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import { countTasks, findTask, listTasks } from "@/lib/tasks/list-queries";
import { makeTask } from "@/lib/tasks/make-task";
import { changeCategory, removeCategory } from "@/lib/tasks/manage-categories";
import { taskOffice } from "../support/tasks";

const office = await taskOffice();
const { db, access } = office;

type Who = "owner" | "editor" | "viewer" | "doer" | "boss" | "stranger";
type Answer = "yes" | 403 | 404;

let people: Record<Who, Caller>;
let list: string;
let other: string;
let task: string;
let step: string;

beforeEach(async () => {
  await office.anew();
  people = {
    owner: await office.person("Хозяин"),
    editor: await office.person("Правит"),
    viewer: await office.person("Смотрит"),
    doer: await office.person("Делает"),
    // An owner of the office: private lists are private to them, too.
    boss: await office.person("Владелец офиса", { role: "owner" }),
    stranger: await office.person("Чужой"),
  };
  const { owner, editor, viewer, doer } = people;
  list = await office.list(owner, [
    [editor, "edit"],
    [viewer, "view"],
  ]);
  other = await office.list(editor, [[owner, "edit"]], "Другой");
  task = await office.task(owner, list, {
    steps: [{ text: "Склад на Абая", isDone: false }],
    userIds: [doer.id],
  });
  step = (await office.seenBy(owner, task)).steps[0]?.id ?? "";
});

type Do = (caller: Caller) => Promise<unknown>;
const acts: Record<string, Do> = {
  "reads the task": async (caller) => {
    if (!(await findTask(db, caller, task))) throw notFound();
  },
  "finds it in lists": async (caller) => {
    const found = await listTasks(db, caller, {}, { limit: 50, offset: 0 });
    const count = await countTasks(db, caller, {});
    if (found.length !== count) throw new Error("counted what is not listed");
    if (found.length === 0) throw notFound();
  },
  "reads the list": (caller) => findCategory(db, caller, list, access.clock()),
  "adds a task": (caller) => makeTask(access, caller, { title: "Ещё", categoryId: list }),
  "changes the task": (caller) => changeTask(access, caller, { taskId: task, title: "Иначе" }),
  "assigns the task": (caller) => assignTask(access, caller, { taskId: task, userIds: [] }),
  "moves the task": (caller) => changeTask(access, caller, { taskId: task, categoryId: other }),
  "ticks a step": (caller) =>
    tickStep(access, caller, { taskId: task, stepId: step, isDone: true }),
  "adds a step": (caller) => addStep(access, caller, { taskId: task, text: "Ещё" }),
  "removes a step": (caller) => removeStep(access, caller, { taskId: task, stepId: step }),
  "finishes the task": (caller) => completeTask(access, caller, task),
  "reopens the task": (caller) => reopenTask(access, caller, task),
  "comments on the task": (caller) => commentTask(access, caller, { taskId: task, text: "Вижу" }),
  "deletes the task": (caller) => removeTask(access, caller, task),
  "renames the list": (caller) => changeCategory(access, caller, { categoryId: list, name: "Мой" }),
  "shares the list": (caller) => changeCategory(access, caller, { categoryId: list, members: [] }),
  "deletes the list": (caller) => removeCategory(access, caller, list),
};
const notFound = () => Object.assign(new Error("unseen"), { status: 404 });

const table: Record<string, Record<Who, Answer>> = {
  "reads the task": row("yes", "yes", "yes", "yes", 404, 404),
  "finds it in lists": row("yes", "yes", "yes", "yes", 404, 404),
  "reads the list": row("yes", "yes", "yes", 404, 404, 404),
  "adds a task": row("yes", "yes", 403, 404, 404, 404),
  "changes the task": row("yes", "yes", 403, 403, 404, 404),
  "assigns the task": row("yes", "yes", 403, 403, 404, 404),
  "moves the task": row("yes", "yes", 404, 404, 404, 404),
  "ticks a step": row("yes", "yes", 403, "yes", 404, 404),
  "adds a step": row("yes", "yes", 403, 403, 404, 404),
  "removes a step": row("yes", "yes", 403, 403, 404, 404),
  "finishes the task": row("yes", "yes", 403, "yes", 404, 404),
  "reopens the task": row("yes", "yes", 403, "yes", 404, 404),
  "comments on the task": row("yes", "yes", "yes", "yes", 404, 404),
  "deletes the task": row("yes", "yes", 403, 403, 404, 404),
  "renames the list": row("yes", 403, 403, 404, 404, 404),
  "shares the list": row("yes", 403, 403, 404, 404, 404),
  "deletes the list": row("yes", 403, 403, 404, 404, 404),
};

function row(...[owner, editor, viewer, doer, boss, stranger]: Answer[]): Record<Who, Answer> {
  const said = { owner, editor, viewer, doer, boss, stranger };
  return said as Record<Who, Answer>;
}

const cases = Object.entries(table).flatMap(([what, answers]) =>
  Object.entries(answers).map(([who, answer]) => ({ who: who as Who, what, answer })),
);

async function answerTo(work: Do | undefined, caller: Caller): Promise<Answer> {
  try {
    await work?.(caller);
    return "yes";
  } catch (error) {
    if (isAppError(error)) return error.status as Answer;
    if (error instanceof Error && "status" in error) return error.status as Answer;
    throw error;
  }
}

test.each(cases)("$who $what: $answer", async ({ who, what, answer }) => {
  expect(await answerTo(acts[what], people[who])).toBe(answer);
});

describe("where a task goes", () => {
  test("not into a list that is only to be read", async () => {
    const { owner, viewer } = people;
    const shown = await office.list(viewer, [[owner, "view"]], "Чужой");
    const move = changeTask(access, owner, { taskId: task, categoryId: shown });
    await expect(move).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("many at once: what one may not do it with stays and is counted", async () => {
    const { owner, editor, doer } = people;
    const own = await office.list(doer, [], "Своё");
    const mine = await office.task(doer, own);
    const unseen = await office.task(editor, await office.list(editor, [], "Тайный"));
    const act = { kind: "move", categoryId: own } as const;
    const outcome = await changeMany(access, doer, { taskIds: [task, mine, unseen], act });
    expect(outcome).toEqual({ done: 1, skipped: 2 });
    expect((await office.seenBy(owner, task)).categoryId).toBe(list);
  });
});

describe("people", () => {
  test("whoever is blocked is assigned nothing", async () => {
    const { owner } = people;
    const blocked = { id: (await office.person("Ушёл")).id };
    await db.execute(`update users set is_active = false where id = '${blocked.id}'`);
    const given = assignTask(access, owner, { taskId: task, userIds: [blocked.id] });
    await expect(given).rejects.toMatchObject({ kind: "invalid", key: "task_person_unknown" });
    const shared = changeCategory(access, owner, {
      categoryId: list,
      members: [{ userId: blocked.id, rights: "view" }],
    });
    await expect(shared).rejects.toMatchObject({ key: "task_person_unknown" });
  });

  test("whoever was blocked since keeps their share when it is saved as it was", async () => {
    const { owner, viewer } = people;
    await db.execute(`update users set is_active = false where id = '${viewer.id}'`);
    const seen = await findCategory(db, owner, list, access.clock());
    const members = seen.members.map(({ user, rights }) => ({ userId: user.id, rights }));
    await changeCategory(access, owner, { categoryId: list, members });
    expect((await findCategory(db, owner, list, access.clock())).members).toEqual(seen.members);
  });

  test("whose task it is alone does not hear what its list is called, nor what it was in before", async () => {
    const { owner, doer } = people;
    expect((await office.seenBy(doer, task)).categoryName).toBe("");
    await changeTask(access, owner, { taskId: task, categoryId: other });
    const moved = async (caller: Caller) =>
      (await listChanges(db, caller, task)).find(({ what }) => what === "moved")?.details;
    expect(await moved(owner)).toMatchObject({
      to: (await office.seenBy(owner, task)).categoryName,
    });
    expect(await moved(doer)).toEqual({});
  });

  test("with whom a list is shared only its owner reads", async () => {
    const { owner, editor } = people;
    const seen = await findCategory(db, owner, list, access.clock());
    expect(seen.members.map(({ user, rights }) => [user.name, rights])).toEqual([
      ["Правит", "edit"],
      ["Смотрит", "view"],
    ]);
    const foreign = await findCategory(db, editor, list, access.clock());
    expect(foreign).toMatchObject({ rights: "edit", members: [], owner: { name: "Хозяин" } });
  });

  test("whose share was taken away sees nothing any more", async () => {
    const { owner, editor } = people;
    await changeCategory(access, owner, { categoryId: list, members: [] });
    expect(await findTask(db, editor, task)).toBeNull();
  });
});
