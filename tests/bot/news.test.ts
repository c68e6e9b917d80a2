import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { taskCategories, tasks } from "@/lib/db/schema/tasks";
import { tellings } from "@/lib/db/schema/telegram";
import { type NewsVerb, newsPressOf } from "@/lib/telegram/news-press-model";
import { apiOffice } from "../support/api";
import { botBetween } from "../support/bot";
import type { Person } from "../support/telegram/person";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, stranger, call } = office;
const { db, clock } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { bot } = await botBetween(office, fake);

let task: string;
beforeEach(async () => {
  await db.delete(taskCategories);
  const list = await call("POST", "/categories/", { body: { name: "Склад" } });
  const made = await call("POST", "/tasks/", {
    body: { category_id: list.body.id, title: "Позвонить поставщику" },
  });
  task = made.body.id;
});

/** News of the task for its owner, shown to a person with one button. */
async function shownTo(person: Person, verb: NewsVerb) {
  const [telling] = await db
    .insert(tellings)
    .values({
      ...{ userId: owner.id, subject: `test:${task}`, kind: "task_due" },
      ...{ params: { task, title: "Позвонить поставщику" } },
      ...{ createdAt: clock(), notBefore: clock(), state: "sent" },
    })
    .returning();
  const data = newsPressOf(telling?.id ?? "", verb);
  await bot.telegram.send(person.id, { text: "Срок", buttons: [[{ text: "Кнопка", data }]] });
  const message = person.last();
  if (!message) throw new Error("nothing was shown");
  return { message, data };
}

const isDone = async () =>
  (await db.select().from(tasks).where(eq(tasks.id, task)))[0]?.doneAt !== null;

test("a task is done below its news; the message says so and has no button any more", async () => {
  const person = await linked(owner);
  const { message, data } = await shownTo(person, "done");
  expect(await person.presses("Кнопка")).toBe("Сделано");
  expect(await isDone()).toBe(true);
  expect([message.text, message.buttons]).toEqual(["Срок\n\nСделано", []]);
  await person.pressesData(data, message);
  expect(await isDone()).toBe(true);
});

test("a task is opened below its news, in a message of its own", async () => {
  const person = await linked(owner);
  await shownTo(person, "open");
  await person.presses("Кнопка");
  expect(person.last()?.text).toContain("Список: Склад");
});

test("somebody else who gets hold of the button finds nothing", async () => {
  const other = await linked(stranger);
  const { message } = await shownTo(other, "done");
  await other.presses("Кнопка");
  expect(await isDone()).toBe(false);
  expect(message.text).not.toContain("Сделано");
});
