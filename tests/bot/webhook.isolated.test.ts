import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST } from "@/app/api/telegram/route";
import { webhook } from "@/lib/bot/webhook";
import { telegramDialogs } from "@/lib/db/schema/telegram";
import { createTelegram } from "@/lib/telegram/client";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
import { served } from "../support/served";
import { Refusal } from "../support/telegram/fake-model";
import type { Person } from "../support/telegram/person";
import { saidBy } from "../support/telegram/updates";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner } = office;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
const { url } = await apiServer();
const HEADER = "x-telegram-bot-api-secret-token";
const SECRET = webhook()?.secret ?? "";

let person: Person;
beforeAll(async () => {
  Object.assign(process.env, {
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_URL: fake.url,
    BOT_API_KEY: await keyOf(office, owner.id, ["bot"]),
    OFFICE_URL: url,
  });
  person = await linked(owner);
});
beforeEach(() => office.access.db.delete(telegramDialogs));
afterEach(() => {
  fake.spoil(() => undefined);
  vi.unstubAllEnvs();
});

let updates = 9_000_000;
const brought = (body: string, secret?: string) =>
  new Request("http://inside/api/telegram", {
    method: "POST",
    body,
    headers: secret === undefined ? {} : { [HEADER]: secret },
  });
const started = () => {
  updates += 1;
  return JSON.stringify(saidBy(person, "/start", updates));
};

test.each([
  ["no word", undefined],
  ["a guess", "guess"],
  ["a guess as long as the word", "0".repeat(64)],
])("with %s nobody comes in, and what they bring is not read", async (_, secret) => {
  const request = brought(started(), secret);
  const calls = fake.calls.length;
  expect((await POST(request)).status).toBe(404);
  expect([request.bodyUsed, fake.calls.length]).toEqual([false, calls]);
});

test("where there is no bot, the word itself opens nothing", async () => {
  vi.stubEnv("BOT_API_KEY", "");
  const request = brought(started(), SECRET);
  expect((await POST(request)).status).toBe(404);
  expect(request.bodyUsed).toBe(false);
});

test("what Telegram brings is answered once, however often it is brought", async () => {
  const update = started();
  const before = person.chat.messages.length;
  for (let nth = 0; nth < 3; nth += 1)
    expect((await POST(brought(update, SECRET))).status).toBe(204);
  expect(person.chat.messages.length).toBe(before + 1);
  expect(person.last()?.buttons.flat()).toContain("Настройки");
});

test("what is no update is refused, and the next one is answered", async () => {
  expect((await POST(brought("{", SECRET))).status).toBe(400);
  for (const odd of ["null", "[]", "7", "{}"])
    expect((await POST(brought(odd, SECRET))).status).toBe(400);
  expect((await POST(brought(started(), SECRET))).status).toBe(204);
});

test.each([
  ["who has blocked the bot", new Refusal(403, "Forbidden: bot was blocked by the user"), 204],
  ["what Telegram refuses", new Refusal(400, "Bad Request: odd"), 204],
  ["a Telegram that is away", new Refusal(502, "Bad Gateway"), 503],
  [
    "a Telegram that asks to wait long",
    new Refusal(429, "Too Many Requests", { retry_after: 600 }),
    503,
  ],
])("%s: whether it is to be brought again", async (_, refusal, status) => {
  const update = started();
  fake.spoil(({ method }) => (method === "sendMessage" ? refusal : undefined));
  expect((await POST(brought(update, SECRET))).status).toBe(status);
  fake.spoil(() => undefined);
  const before = person.chat.messages.length;
  expect((await POST(brought(update, SECRET))).status).toBe(204);
  expect(person.last()?.from).toBe("bot");
  expect(person.chat.messages.length).toBe(before + 1);
});

test("Telegram brings what people do in turn, and again what was not answered", async () => {
  const { url: ours, stop } = await served(POST);
  const telegram = createTelegram({ url: fake.url, token: fake.token });
  await telegram.listenAt({ url: `${ours}/api/telegram`, secret: SECRET });
  let away = 2;
  fake.spoil(({ method }) => {
    if (method !== "sendMessage" || away === 0) return undefined;
    away -= 1;
    return new Refusal(502, "Bad Gateway");
  });
  await person.says("/start");
  await person.presses("Настройки");
  expect(away).toBe(0);
  expect(person.last()?.buttons.flat()).toContain("Не присылать уведомления");
  await telegram.listenAt(null);
  await stop();
});
