import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { answerUpdate } from "@/lib/bot/answer-update";
import type { Bot } from "@/lib/bot/bot";
import { officeDesk } from "@/lib/bot/office";
import { patient } from "@/lib/bot/patient-telegram";
import { poll } from "@/lib/bot/poll";
import { log } from "@/lib/log";
import { createTelegram } from "@/lib/telegram/client";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
import { Refusal } from "../support/telegram/fake-model";
import { saidBy } from "../support/telegram/updates";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, stranger } = office;
const { clock } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { url } = await apiServer();
afterEach(() => fake.spoil(() => undefined));
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
    clock,
  };
  const stop = new AbortController();
  const polling = poll(bot, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await polling;
  });
  const said = slow.says("/start");
  await expect.poll(() => asked).toBe(1);
  void quick.says("/start");
  await expect.poll(() => quick.last()?.from).toBe("bot");
  expect(slow.last()?.from).toBe("person");
  goOn();
  await said;
  expect(asked).toBe(1);
  expect(slow.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
  expect(quick.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
});

test("two who ask for the same updates: each says so once, and who is left goes on alone", async () => {
  const said = vi.spyOn(log, "warn");
  onTestFinished(() => said.mockRestore());
  const desk = officeDesk({ url, key: await keyOf(office, owner.id, ["bot"]) });
  const two = [new AbortController(), new AbortController()];
  const person = await linked(owner);
  const ask = ({ signal }: AbortController) =>
    poll({ telegram: createTelegram({ url: fake.url, token: fake.token }), desk, clock }, signal);
  const [first, second] = two.map(ask);
  const refused = () => fake.refusals.filter(({ code }) => code === 409).length;
  await expect.poll(refused).toBeGreaterThanOrEqual(4);
  const words = said.mock.calls.map(([, text]) => text);
  expect(words.filter((text) => text?.startsWith("another process"))).toHaveLength(words.length);
  expect(words.length).toBeLessThanOrEqual(2);
  two[0]?.abort();
  await first;
  await person.says("/start");
  expect(person.chat.messages.filter(({ from }) => from === "bot")).toHaveLength(1);
  two[1]?.abort();
  await second;
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
  const answered = answerUpdate({ telegram, desk, clock }, saidBy(person, "/start", 9_000_000));
  if (isOver) await expect(answered).resolves.toBeUndefined();
  else await expect(answered).rejects.toMatchObject({ kind: "telegram_silent" });
});
