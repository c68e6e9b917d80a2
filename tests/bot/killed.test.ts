import { expect, test } from "vitest";
import { answerUpdate } from "@/lib/bot/answer-update";
import type { Bot } from "@/lib/bot/bot";
import { officeDesk } from "@/lib/bot/office";
import { patient } from "@/lib/bot/patient-telegram";
import { taskCategories, tasks } from "@/lib/db/schema/tasks";
import { createTelegram } from "@/lib/telegram/client";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
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

test("what a killed process had half answered is answered once all the same", async () => {
  const bot = await botOf();
  const person = await linked(owner);
  await call("POST", "/categories/", { body: { name: "Склад" } });
  let updateId = 9_000_000;
  const next = () => {
    updateId += 1;
    return updateId;
  };
  const said = (text: string) => ({
    update_id: next(),
    message: {
      ...{ message_id: updateId, date: 0, text },
      from: { id: person.id, is_bot: false, first_name: "A" },
      chat: { id: person.id, type: "private" as const, first_name: "A" },
    },
  });
  const pressed = (name: RegExp) => {
    const message = person.last();
    const button = message?.keyboard?.inline_keyboard.flat().find(({ text }) => name.test(text));
    if (!message || !button || !("callback_data" in button)) throw new Error(`no ${name}`);
    const { from, chat } = said("").message;
    return {
      update_id: next(),
      callback_query: {
        ...{ id: `p${updateId}`, from, chat_instance: "1", data: button.callback_data },
        message: { message_id: message.id, date: 1, chat, text: message.text },
      },
    };
  };
  await answerUpdate(bot, said("/start"));
  for (const name of [/^Списки/, /^Склад/, /Добавить/]) await answerUpdate(bot, pressed(name));

  const dying: Bot = {
    ...bot,
    desk: { ...bot.desk, saveDialog: () => Promise.reject(new Error("killed")) },
  };
  const update = said("Один раз");
  await expect(answerUpdate(dying, update)).rejects.toThrow("killed");
  await answerUpdate(bot, update);
  expect(await db.$count(tasks)).toBe(1);
  const before = person.chat.messages.length;
  await answerUpdate(bot, update);
  expect(person.chat.messages.length).toBe(before);
  expect(await db.$count(taskCategories)).toBe(1);
});
