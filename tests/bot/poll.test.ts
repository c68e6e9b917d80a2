import { afterAll, afterEach, expect, test, vi } from "vitest";
import { answerUpdate } from "@/lib/bot/answer-update";
import type { Bot } from "@/lib/bot/bot";
import { officeDesk } from "@/lib/bot/office";
import { patient } from "@/lib/bot/patient-telegram";
import { poll } from "@/lib/bot/poll";
import { createTelegram } from "@/lib/telegram/client";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
import { Refusal } from "../support/telegram/fake-model";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, stranger } = office;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { url } = await apiServer();
afterEach(() => fake.spoil(() => undefined));
const stop = new AbortController();
let polling: Promise<void> = Promise.resolve();
afterAll(async () => {
  stop.abort();
  await polling;
});

test("somebody whose answer takes long keeps nobody else waiting, and is answered once", async () => {
  const desk = officeDesk({ url, key: await keyOf(office, owner.id, ["bot"]) });
  const [slow, quick] = [await linked(owner), await linked(stranger)];
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let asked = 0;
  const bot: Bot = {
    telegram: patient(createTelegram({ url: fake.url, token: fake.token, patience: 5 })),
    desk: {
      ...desk,
      async user(telegramId) {
        if (telegramId === slow.id) {
          asked += 1;
          await held;
        }
        return desk.user(telegramId);
      },
    },
    clock: office.access.clock,
  };
  polling = poll(bot, stop.signal);
  const said = slow.says("/start");
  await vi.waitFor(() => expect(asked).toBe(1));
  void quick.says("/start");
  await vi.waitFor(() => expect(quick.last()?.from).toBe("bot"), { timeout: 5_000 });
  expect(slow.last()?.from).toBe("person");
  goOn();
  await said;
  expect(asked).toBe(1);
  expect(slow.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
  expect(quick.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
});

test.each([
  ["who has blocked the bot", new Refusal(403, "Forbidden: bot was blocked by the user"), true],
  ["what Telegram refuses", new Refusal(400, "Bad Request: odd"), true],
  ["what Telegram may take later", new Refusal(502, "Bad Gateway"), false],
])("%s: whether it is brought again", async (_, refusal, isOver) => {
  const person = await linked(owner);
  const desk = officeDesk({ url, key: await keyOf(office, owner.id, ["bot"]) });
  const telegram = createTelegram({ url: fake.url, token: fake.token, patience: 5 });
  fake.spoil(({ method }) => (method === "sendMessage" ? refusal : undefined));
  const who = { id: person.id, first_name: "A" };
  const update = {
    update_id: 9_000_000,
    message: {
      ...{ message_id: 1, date: 0, text: "/start" },
      from: { ...who, is_bot: false },
      chat: { ...who, type: "private" as const },
    },
  };
  const answered = answerUpdate({ telegram, desk, clock: office.access.clock }, update);
  if (isOver) await expect(answered).resolves.toBeUndefined();
  else await expect(answered).rejects.toMatchObject({ kind: "telegram_silent" });
});
