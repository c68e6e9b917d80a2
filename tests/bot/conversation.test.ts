import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/core/time";
import { taskAssignees, taskCategories, tasks } from "@/lib/db/schema/tasks";
import { telegramLinks } from "@/lib/db/schema/telegram";
import { openNotice, raiseNotices } from "@/lib/notices/queries";
import { apiOffice } from "../support/api";
import { botBetween } from "../support/bot";
import { Refusal } from "../support/telegram/fake-model";
import type { Person } from "../support/telegram/person";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, stranger, call, twin } = office;
const { db, clock } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { restart } = await botBetween(office, fake);

let person: Person;
let list: string;
beforeEach(async () => {
  await db.delete(taskCategories);
  await db.delete(telegramLinks);
  person = await linked(owner);
  list = (await call("POST", "/categories/", { body: { name: "Склад" } })).body.id;
});

const add = async (title: string, more = {}): Promise<string> =>
  (await call("POST", "/tasks/", { body: { category_id: list, title, ...more } })).body.id;
const taskOf = async (id: string) => (await db.select().from(tasks).where(eq(tasks.id, id)))[0];
const shown = () => person.last()?.text ?? "";
const buttons = () => person.last()?.buttons.flat() ?? [];
const pressEach = async (...names: (string | RegExp)[]) => {
  for (const name of names) await person.presses(name);
};

describe("everything by buttons", () => {
  test("the first screen says what waits, and leads to a task and back", async () => {
    await add("Заказать коробки", { due_at: "2020-01-01T00:00:00Z" });
    await person.says("/start");
    expect(shown()).toContain("Просрочено: 1");
    await pressEach(/^Списки/, /^Склад/, /Заказать коробки/);
    expect(shown()).toContain("Список: Склад");
    await pressEach("‹ Назад", "‹ Назад", "‹ Назад");
    expect(shown()).toContain(owner.name);
    expect(person.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
  });

  test("a task is added by its name alone, and is there once", async () => {
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, "Добавить задачу");
    expect(shown()).toContain("Напишите, что нужно сделать");
    await person.says("Пересчитать остатки");
    expect(shown()).toContain("Пересчитать остатки");
    const known = await db.select({ title: tasks.title }).from(tasks);
    expect(known).toEqual([{ title: "Пересчитать остатки" }]);
  });

  test("what is not asked for is no name: the first screen is shown", async () => {
    await person.says("/start");
    await person.says("просто так");
    expect(shown()).toContain(owner.name);
    expect(await db.$count(tasks)).toBe(0);
  });

  test("a name that cannot be is asked for again, with why", async () => {
    await person.says("/start");
    await pressEach(/^Списки/, "Новый список");
    await person.says("я".repeat(500));
    expect(shown()).toContain("Как назвать новый список?");
    expect(shown()).not.toContain("отмеченные поля");
    await person.says(" ");
    expect(shown()).toContain("Нужен текст.");
    await person.says("Витрина");
    expect(shown()).toContain("Витрина");
    expect(await db.$count(taskCategories)).toBe(2);
  });

  test("done and open again, each with one press", async () => {
    const id = await add("Ответить на отзыв");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Ответить на отзыв/);
    expect(await person.presses("Сделано")).toBe("Сделано");
    expect((await taskOf(id))?.doneAt).not.toBeNull();
    await person.presses("Вернуть в работу");
    expect((await taskOf(id))?.doneAt).toBeNull();
  });

  test("a deadline is set by buttons, by the usual ones and by the calendar", async () => {
    const id = await add("Сверить накладные");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Сверить/, "Срок", "Завтра, 18:00");
    const tomorrow = new Date(clock().getTime() + DAY + 5 * 3_600_000).toISOString().slice(0, 10);
    // Almaty is five hours ahead.
    expect((await taskOf(id))?.dueAt?.toISOString()).toBe(`${tomorrow}T13:00:00.000Z`);
    await pressEach("Срок", "Другой день", "›", "15", "09:00", /09:45/);
    const due = (await taskOf(id))?.dueAt?.toISOString();
    expect(due).toMatch(/-15T04:45:00\.000Z$/);
    expect(shown()).toContain("Сверить накладные");
    await pressEach("Срок", "Без срока");
    expect((await taskOf(id))?.dueAt).toBeNull();
  });

  test("no moment that is over can be chosen", async () => {
    const id = await add("Сверить остатки");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Сверить/, "Срок", "Другой день");
    const today = (at: Date) => String(new Date(at.getTime() + 5 * HOUR).getUTCDate());
    const now = clock();
    const left = buttons().filter((text) => text === today(now));
    if (left.length > 0) {
      await person.presses(today(now));
      await person.presses(/^\d\d:00$/);
      await person.presses(/:\d\d$/);
      expect((await taskOf(id))?.dueAt?.getTime()).toBeGreaterThan(now.getTime());
    } else expect(new Date(now.getTime() + 5 * HOUR).getUTCHours()).toBeGreaterThanOrEqual(22);
  });

  test("a long name keeps its deadline on the button", async () => {
    await add("Пересчитать остатки на складе и сверить с накладными", {
      due_at: "2030-01-02T03:04:00Z",
    });
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/);
    expect(buttons()).toContainEqual(expect.stringMatching(/^Пересчитать.*… · .*08:04$/));
  });

  test("a task is given to a colleague and taken back", async () => {
    const id = await add("Собрать заказ");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Собрать/, "Кому");
    await person.presses(stranger.name);
    const given = await db.select().from(taskAssignees).where(eq(taskAssignees.taskId, id));
    expect(given.map(({ userId }) => userId)).toEqual([stranger.id]);
    await person.presses(`✓ ${stranger.name}`);
    expect(await db.$count(taskAssignees)).toBe(0);
    await person.presses("Готово");
    expect(shown()).toContain("Собрать заказ");
  });

  test("who was given a task meanwhile keeps it", async () => {
    const id = await add("Собрать заказ");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Собрать/, "Кому");
    await call("POST", `/tasks/${id}/assign/`, { body: { user_ids: [owner.id] } });
    await person.presses(stranger.name);
    const given = await db.select().from(taskAssignees).where(eq(taskAssignees.taskId, id));
    expect(given.map(({ userId }) => userId).sort()).toEqual([owner.id, stranger.id].sort());
  });

  test("what is new in a task is read by looking at it", async () => {
    const id = await add("Прочитать");
    await raiseNotices(db, [
      {
        ...{ kind: "task_assigned", about: `${id}:${owner.id}`, severity: "info" },
        ...{ userId: owner.id, params: { task: id, title: "Прочитать", by: "Айгуль" } },
      },
    ]);
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Прочитать/);
    expect(await openNotice(db, "task_assigned", `${id}:${owner.id}`)).toBeNull();
  });

  test("the way back from the last page is the list, when that page is empty by now", async () => {
    for (let nth = 1; nth <= 9; nth += 1) await add(`Задача ${nth}`);
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, "›", /Задача/, "Сделано", "‹ Назад");
    expect(shown()).toContain("Склад");
    expect(shown()).toContain("8 задач");
  });

  test("deleting asks once, and cancel keeps", async () => {
    const id = await add("Лишняя");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Лишняя/, "Удалить", "Отмена");
    expect(await taskOf(id)).toBeDefined();
    await pressEach("Удалить", "Да, удалить");
    expect(await taskOf(id)).toBeUndefined();
    expect(shown()).toContain("Склад");
    await pressEach("Ещё", "Удалить", "Да, удалить");
    expect(await db.$count(taskCategories)).toBe(0);
    expect(shown()).toContain("Списков пока нет");
  });

  test("many tasks come in pages", async () => {
    for (let nth = 1; nth <= 10; nth += 1) await add(`Задача ${nth}`);
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/);
    expect(buttons()).toContain("1 / 2");
    await person.presses("›");
    expect(buttons()).toContain("2 / 2");
    expect(buttons().filter((text) => text.startsWith("Задача "))).toHaveLength(2);
  });
});

describe("buttons that are old", () => {
  test("a press that comes twice is carried out once", async () => {
    const id = await add("Дважды");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Дважды/);
    const message = person.last();
    if (!message) throw new Error("no message");
    const done = message.keyboard?.inline_keyboard.flat().find(({ text }) => text === "Сделано");
    const data = done && "callback_data" in done ? done.callback_data : "";
    await Promise.all([person.pressesData(data, message), person.pressesData(data, message)]);
    expect((await taskOf(id))?.doneAt).not.toBeNull();
    expect(shown()).toContain("✓ Дважды");
  });

  test("one of an earlier screen shows what is, and does nothing", async () => {
    const id = await add("Старая кнопка");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Старая/);
    const message = person.last();
    const done = message?.keyboard?.inline_keyboard.flat().find(({ text }) => text === "Сделано");
    if (!message || !done || !("callback_data" in done)) throw new Error("no button");
    await person.presses("‹ Назад");
    expect(await person.pressesData(done.callback_data, message)).toContain("уже не действует");
    expect((await taskOf(id))?.doneAt).toBeNull();
  });

  test("what somebody has deleted meanwhile has no screen: the one before it is shown", async () => {
    const id = await add("Исчезнет");
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, /Исчезнет/);
    await db.delete(tasks).where(eq(tasks.id, id));
    await person.presses("Сделано");
    expect(shown()).toContain("Склад");
    await add("И эта");
    await pressEach("‹ Назад", /^Склад/);
    await db.delete(tasks);
    expect(await person.presses("И эта")).toBe("Этого здесь больше нет.");
    expect(shown()).toContain("Здесь пусто.");
  });
});

describe("whoever asks", () => {
  test("somebody unknown gets the way to be linked, and nothing else", async () => {
    const unknown = fake.person();
    await unknown.says("/start");
    expect(unknown.last()?.text).toContain("«Привязать Telegram»");
    expect(unknown.last()?.buttons).toEqual([]);
    expect(unknown.chat.messages).toHaveLength(2);
    await unknown.says("а что ты умеешь?");
    expect(unknown.last()?.from).toBe("person");
    twin.advance({ ms: MINUTE });
    await unknown.says("ау");
    expect(unknown.last()?.text).toContain("«Привязать Telegram»");
  });

  test("a colleague sees their own, and nothing of the owner's", async () => {
    await add("Только моя");
    const colleague = await linked(stranger);
    await colleague.says("/start");
    await colleague.presses(/^Списки/);
    expect(colleague.last()?.text).toContain("Списков пока нет");
  });

  test("the language is the person's, and may be chosen", async () => {
    await person.says("/start");
    await pressEach("Настройки", "English");
    expect(shown()).toContain("Settings");
    await person.presses("✓ English");
    await person.presses("Русский");
    expect(shown()).toContain("Настройки");
  });

  test("a dialog goes on after the bot was started anew", async () => {
    await person.says("/start");
    await pressEach(/^Списки/, /^Склад/, "Добавить задачу");
    await restart();
    await person.says("После перезапуска");
    expect(shown()).toContain("После перезапуска");
    expect(await db.$count(tasks)).toBe(1);
  });

  test("Telegram that has had too much is waited for", async () => {
    await person.says("/start");
    let refused = 0;
    fake.spoil(({ method }) => {
      if (method !== "editMessageText" || refused === 2) return undefined;
      refused += 1;
      return new Refusal(429, "Too Many Requests: retry after 1", { retry_after: 1 });
    });
    await person.presses(/^Списки/);
    fake.spoil(() => undefined);
    expect([refused, shown()]).toEqual([2, "Списки"]);
  });
});
