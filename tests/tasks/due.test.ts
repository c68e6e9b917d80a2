import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { instantAt } from "@/lib/core/local-time";
import { DAY, HOUR, later, MINUTE, SECOND } from "@/lib/core/time";
import { tellingSettings } from "@/lib/db/schema/telegram";
import { assignTask } from "@/lib/tasks/assign-task";
import { changeTask } from "@/lib/tasks/change-task";
import { removeTask } from "@/lib/tasks/delete-task";
import { completeTask, reopenTask } from "@/lib/tasks/finish-task";
import { tellDue, tellDueInTime } from "@/lib/tasks/tell-due";
import { chooseSettings } from "@/lib/telling/choose-settings";
import type { TellingSettings } from "@/lib/telling/settings-model";
import { taskOffice } from "../support/tasks";

const office = await taskOffice();
const { db, access } = office;

beforeEach(async () => {
  await office.anew();
  // The first tick sets the clock.
  await tellDue(access);
});

const inMs = (milliseconds: number) => later(access.clock(), milliseconds);
const due = async () => (await office.told()).filter(({ kind }) => kind === "task_due");

describe("a deadline", () => {
  test("is told when it comes, to whom the task is to do, and once", async () => {
    const [owner, doer] = [await office.person("Хозяин"), await office.person("Делает")];
    const list = await office.list(owner);
    const task = await office.task(owner, list, { dueAt: inMs(HOUR), userIds: [doer.id] });
    office.advance(HOUR - 1);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
    office.advance(1);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
    office.advance(MINUTE);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
    expect(await due()).toMatchObject([
      { userId: doer.id, params: { task, title: "Пересчитать остатки" }, resolvedAt: null },
    ]);
  });

  test("of nobody's task is its list's owner's", async () => {
    const owner = await office.person("Хозяин");
    await office.task(owner, await office.list(owner), { dueAt: inMs(MINUTE) });
    office.advance(MINUTE);
    await tellDue(access);
    expect(await due()).toMatchObject([{ userId: owner.id }]);
  });

  test("is not told to who is blocked", async () => {
    const [owner, gone] = [await office.person("Хозяин"), await office.person("Ушёл")];
    const list = await office.list(owner);
    await office.task(owner, list, { dueAt: inMs(MINUTE), userIds: [gone.id] });
    await db.execute(`update users set is_active = false where id = '${gone.id}'`);
    office.advance(MINUTE);
    await tellDue(access);
    // Nobody who works here has it: the list's owner is told.
    expect(await due()).toMatchObject([{ userId: owner.id }]);
  });

  test("that was past when it was set is not told", async () => {
    const owner = await office.person("Хозяин");
    office.advance(MINUTE);
    await tellDue(access);
    await office.task(owner, await office.list(owner), { dueAt: inMs(-SECOND) });
    office.advance(MINUTE);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
  });

  test("moved is told at its new time, and the old news is gone", async () => {
    const owner = await office.person("Хозяин");
    const taskId = await office.task(owner, await office.list(owner), { dueAt: inMs(MINUTE) });
    office.advance(MINUTE);
    await tellDue(access);
    await changeTask(access, owner, { taskId, dueAt: inMs(HOUR) });
    expect((await due()).filter(({ resolvedAt }) => !resolvedAt)).toEqual([]);
    office.advance(HOUR);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
  });

  test.each([
    ["done", (owner: Owner, id: string) => completeTask(access, owner, id)],
    ["deleted", (owner: Owner, id: string) => removeTask(access, owner, id)],
    ["somebody else's", (owner: Owner, id: string) => giveAway(owner, id)],
  ])("of a task that is %s is not news any more", async (_what, end) => {
    const owner = await office.person("Хозяин");
    const list = await office.list(owner);
    const given = { dueAt: inMs(MINUTE), userIds: [owner.id] };
    const task = await office.task(owner, list, given);
    office.advance(MINUTE);
    await tellDue(access);
    await end(owner, task);
    expect((await due()).filter(({ resolvedAt }) => !resolvedAt)).toEqual([]);
  });

  test("told late stands at its own time, in the order of the deadlines", async () => {
    const owner = await office.person("Хозяин");
    const list = await office.list(owner);
    for (const minutes of [30, 10, 20])
      await office.task(owner, list, { title: `${minutes}`, dueAt: inMs(minutes * MINUTE) });
    office.advance(DAY);
    expect(await tellDue(access)).toEqual({ due: 3, soon: 0 });
    expect((await due()).map(({ params }) => params.title)).toEqual(["10", "20", "30"]);
  });

  test("is told once by two workers at a time", async () => {
    const owner = await office.person("Хозяин");
    const list = await office.list(owner);
    for (let nth = 0; nth < 20; nth += 1) await office.task(owner, list, { dueAt: inMs(MINUTE) });
    office.advance(MINUTE);
    const told = await Promise.all([tellDue(access), tellDue(access), tellDue(access)]);
    expect(told.map(({ due: count }) => count).sort((a, b) => a - b)).toEqual([0, 0, 20]);
    expect(await due()).toHaveLength(20);
  });

  test("is told by the next after one that died before its commit", async () => {
    const owner = await office.person("Хозяин");
    await office.task(owner, await office.list(owner), { dueAt: inMs(MINUTE) });
    office.advance(MINUTE);
    const dying = db.transaction(async (tx) => {
      await tellDue({ ...access, db: tx as unknown as typeof db });
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
    expect(await due()).toEqual([]);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
  });
});

type Owner = Awaited<ReturnType<typeof office.person>>;

async function giveAway(owner: Owner, taskId: string) {
  const other = await office.person("Другой");
  await assignTask(access, owner, { taskId, userIds: [other.id] });
}

describe("before a deadline", () => {
  async function reminded(minutes: number | null) {
    const person = await office.person("Просит напомнить");
    await db.insert(tellingSettings).values({ userId: person.id, remindMinutes: minutes });
    return person;
  }
  const kinds = async () => (await office.told()).map(({ kind }) => kind);

  test("it is told so long before, and again when it comes", async () => {
    const owner = await reminded(30);
    await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR) });
    office.advance(30 * MINUTE);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 1 });
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
    office.advance(30 * MINUTE);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
    expect((await kinds()).sort()).toEqual(["task_due", "task_soon"]);
  });

  test("that it comes soon is no news any more when it has come", async () => {
    const soon = async () =>
      (await office.told()).filter((one) => one.kind === "task_soon" && !one.resolvedAt);
    const owner = await office.person("Хозяин");
    await db.insert(tellingSettings).values({ userId: owner.id, remindMinutes: 30 });
    await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR) });
    office.advance(30 * MINUTE);
    await tellDue(access);
    expect(await soon()).toHaveLength(1);
    office.advance(30 * MINUTE);
    await tellDue(access);
    expect(await soon()).toEqual([]);
    expect(await due()).toHaveLength(1);
  });

  test("not to who has not asked, and not when the moment is past already", async () => {
    const [plain, owner] = [await office.person("Без напоминаний"), await reminded(120)];
    await office.task(plain, await office.list(plain), { dueAt: inMs(HOUR) });
    await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR) });
    office.advance(MINUTE);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
  });

  describe("who changes how long before", () => {
    const usual = { off: [], quietFrom: null, quietUntil: null, digestAt: 540 };
    const choose = (person: Owner, remindMinutes: TellingSettings["remindMinutes"]) =>
      chooseSettings(access, person, { ...usual, remindMinutes });
    async function minute() {
      office.advance(MINUTE);
      return (await tellDue(access)).soon;
    }

    test("to less is told once, also if the news was put away", async () => {
      const owner = await office.person("Хозяин");
      await choose(owner, 60);
      await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR + MINUTE) });
      expect(await minute()).toBe(1);
      await db.execute("update notices set resolved_at = now()");
      await choose(owner, 30);
      office.advance(30 * MINUTE);
      expect(await minute()).toBe(0);
    });

    test("to more is told at the next tick of what comes within that, once", async () => {
      const owner = await office.person("Хозяин");
      const list = await office.list(owner);
      await choose(owner, 10);
      await minute();
      await office.task(owner, list, { dueAt: inMs(45 * MINUTE) });
      await office.task(owner, list, { dueAt: inMs(3 * HOUR) });
      expect(await minute()).toBe(0);
      await choose(owner, 60);
      const chosenAt = access.clock();
      expect(await minute()).toBe(1);
      expect((await office.told()).map(({ at }) => at)).toEqual([chosenAt]);
      expect(await minute()).toBe(0);
    });

    test("nothing of it, but of the rest, is not told anew", async () => {
      const owner = await office.person("Хозяин");
      await choose(owner, 30);
      await minute();
      await office.task(owner, await office.list(owner), { dueAt: inMs(20 * MINUTE) });
      await choose(owner, 30);
      expect(await minute()).toBe(0);
    });
  });

  test("what stood still over both tells the deadline alone", async () => {
    const owner = await reminded(30);
    await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR) });
    office.advance(DAY);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
  });
});

describe("a clock that goes wrong", () => {
  test("and is righted tells what is set meanwhile, and nothing twice", async () => {
    const owner = await office.person("Хозяин");
    const list = await office.list(owner);
    const right = access.clock();
    await office.task(owner, list, { title: "завтра", dueAt: inMs(20 * HOUR) });
    office.advance(DAY);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
    office.set(right);
    await office.task(owner, list, { title: "сегодня", dueAt: inMs(HOUR) });
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
    office.advance(HOUR);
    expect(await tellDue(access)).toEqual({ due: 1, soon: 0 });
    office.advance(DAY);
    expect(await tellDue(access)).toEqual({ due: 0, soon: 0 });
  });

  test.each([
    ["a day ahead", DAY],
    ["a day behind", -DAY],
  ])("by %s of Postgres tells by Postgres's time", async (_how, wrong) => {
    const owner = await office.person("Хозяин");
    office.set(new Date());
    await tellDue(access);
    await office.task(owner, await office.list(owner), { dueAt: inMs(HOUR) });
    const machine = () => later(new Date(), wrong);
    const passed = (milliseconds: number) => () => later(machine(), milliseconds);
    const half = { db, clock: passed(30 * MINUTE) };
    expect(await tellDueInTime(half, machine)).toEqual({ due: 0, soon: 0 });
    const whole = { db, clock: passed(HOUR + MINUTE) };
    expect(await tellDueInTime(whole, machine)).toEqual({ due: 1, soon: 0 });
  });
});

describe.each([
  ["Asia/Almaty", "2024-02-29T23:30", "2024-02-29T17:30:00.000Z"],
  ["Asia/Almaty", "2024-03-01T00:00", "2024-02-29T19:00:00.000Z"],
  ["America/Adak", "2026-03-08T02:30", "2026-03-08T12:00:00.000Z"],
  ["America/Adak", "2026-11-01T01:30", "2026-11-01T10:30:00.000Z"],
  ["America/Adak", "2026-11-01T00:00", "2026-11-01T09:00:00.000Z"],
])("typed in %s as %s", (zone, local, at) => {
  test("is told once, at its moment, though clocks change around it", async () => {
    const dueAt = instantAt(local, zone);
    expect(dueAt.toISOString()).toBe(at);
    office.set(later(dueAt, -5 * HOUR));
    await db.execute("delete from task_clock");
    await tellDue(access);
    const owner = await office.person("Хозяин", { timeZone: zone });
    await office.task(owner, await office.list(owner), { dueAt });
    const told: string[] = [];
    for (let minutes = 0; minutes < 10 * 60; minutes += 30) {
      office.advance(30 * MINUTE);
      if ((await tellDue(access)).due > 0) told.push(access.clock().toISOString());
    }
    expect(told).toEqual([at]);
  });
});

describe("whatever the order of deadlines set, moved, done, reopened and ticks", () => {
  /** What a clock would tell that looks, at every tick, at what is set then. */
  type Life = { deadline: Date | null; isDone: boolean; told: number; until: Date };
  type Task = { owner: Owner; taskId: string };
  type Do = (task: Task, life: Life, minutes: number) => Promise<unknown>;

  const steps: Record<"set" | "finish" | "reopen" | "pass" | "tick", Do> = {
    async set({ owner, taskId }, life, minutes) {
      life.deadline = inMs((minutes - 5) * MINUTE);
      await changeTask(access, owner, { taskId, dueAt: life.deadline });
    },
    async finish({ owner, taskId }, life) {
      await completeTask(access, owner, taskId);
      life.isDone = true;
    },
    async reopen({ owner, taskId }, life) {
      await reopenTask(access, owner, taskId);
      life.isDone = false;
    },
    async pass(_task, _life, minutes) {
      office.advance(minutes * MINUTE);
    },
    async tick(_task, life) {
      await tellDue(access);
      const now = access.clock();
      const { deadline, isDone, until } = life;
      const isPassed = deadline !== null && deadline > until && deadline <= now;
      if (isPassed && !isDone) life.told += 1;
      life.until = now;
    },
  };
  const step = fc.record({
    kind: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
    minutes: fc.integer({ min: 0, max: 30 }),
  });

  test("each is told once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (lived) => {
        await office.anew();
        await tellDue(access);
        const owner = await office.person("Хозяин");
        const task = { owner, taskId: await office.task(owner, await office.list(owner)) };
        const life: Life = { deadline: null, isDone: false, told: 0, until: access.clock() };
        for (const { kind, minutes } of lived) await steps[kind](task, life, minutes);
        expect(await due()).toHaveLength(life.told);
      }),
      { numRuns: 25 },
    );
  });
});
