import { beforeEach, expect, onTestFinished, test } from "vitest";
import { answerUpdate } from "@/lib/bot/answer-update";
import type { Bot } from "@/lib/bot/bot";
import { officeDesk } from "@/lib/bot/office";
import { OfficeAway, OfficeRefusal } from "@/lib/bot/office-call";
import { patient } from "@/lib/bot/patient-telegram";
import { taskCategories, tasks } from "@/lib/db/schema/tasks";
import { telegramDialogs } from "@/lib/db/schema/telegram";
import { translator } from "@/lib/i18n/translator";
import { createTelegram } from "@/lib/telegram/client";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
import type { Person } from "../support/telegram/person";
import { pressedBy, saidBy } from "../support/telegram/updates";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, call } = office;
const { db, clock } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { url } = await apiServer();

/** A bot of which nobody asks for updates: each is put before it by hand. */
async function botOf(): Promise<Bot> {
  const key = await keyOf(office, owner.id, ["bot"]);
  const telegram = patient(createTelegram({ url: fake.url, token: fake.token, patience: 5 }));
  return { telegram, desk: officeDesk({ url, key }), clock };
}

let bot: Bot;
let person: Person;
beforeEach(async () => {
  await db.delete(taskCategories);
  await db.delete(telegramDialogs);
  bot = await botOf();
  person = await linked(owner);
});

let updateId = 9_000_000;
const next = () => {
  updateId += 1;
  return updateId;
};
const said = (text: string) => saidBy(person, text, next());
const pressed = (name: RegExp, on = person.last()) => {
  const button = on?.keyboard?.inline_keyboard.flat().find(({ text }) => name.test(text));
  if (!on || !button || !("callback_data" in button)) throw new Error(`no ${name}`);
  return pressedBy(person, on, { data: button.callback_data, updateId: next() });
};
async function pressEach(...names: RegExp[]): Promise<void> {
  for (const name of names) await answerUpdate(bot, pressed(name));
}
async function begin(title?: string): Promise<void> {
  const { body } = await call("POST", "/categories/", { body: { name: "Склад" } });
  if (title) await call("POST", "/tasks/", { body: { category_id: body.id, title } });
  await answerUpdate(bot, said("/start"));
}
/** The same bot, to which this happens when it keeps where somebody is. */
const failing = (error: Error): Bot => ({
  ...bot,
  desk: { ...bot.desk, saveDialog: () => Promise.reject(error) },
});

test("what a killed process had half answered is answered once all the same", async () => {
  await begin();
  await pressEach(/^Списки/, /^Склад/, /Добавить/);
  const update = said("Один раз");
  await expect(answerUpdate(failing(new Error("killed")), update)).rejects.toThrow("killed");
  await answerUpdate(bot, update);
  expect(await db.$count(tasks)).toBe(1);
  const before = person.chat.messages.length;
  await answerUpdate(bot, update);
  expect(person.chat.messages.length).toBe(before);
  expect(await db.$count(taskCategories)).toBe(1);
});

test("a screen that was shown and not kept is stale as a whole: two presses on it do nothing", async () => {
  await begin("Не трогать");
  await pressEach(/^Списки/, /^Склад/, /Не трогать/);
  await answerUpdate(failing(new OfficeAway("gone")), pressed(/^Удалить/));
  const shown = person.last();
  const asked = person.chat.messages.findLast(({ text }) => text.startsWith("Удалить задачу"));
  const twice = [pressed(/^Да, удалить/, asked), pressed(/^Да, удалить/, asked)];
  for (const press of twice) await answerUpdate(bot, press);
  expect(shown?.id).toBe(asked?.id);
  const [task] = await db.select().from(tasks);
  expect(task).toMatchObject({ title: "Не трогать", doneAt: null });
});

test("an office that is away is said to be so in the person's language, not in Telegram's", async () => {
  await bot.desk.changeUser(person.id, { locale: "kk" });
  onTestFinished(async () => void (await bot.desk.changeUser(person.id, { locale: "ru" })));
  await answerUpdate(failing(new OfficeAway("gone")), said("/start"));
  expect(person.last()?.text).toBe(translator("kk")("bot.away"));
});

test("what another process has answered meanwhile is no failure to whoever asked", async () => {
  const answered = new OfficeRefusal(409, "conflict", "the words of nobody here", null);
  await answerUpdate(failing(answered), said("/start"));
  expect(person.last()?.text).toContain(owner.name);
});
