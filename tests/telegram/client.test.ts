import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { SECOND } from "@/lib/core/time";
import { masked } from "@/lib/log/without-secrets";
import { createTelegram } from "@/lib/telegram/client";
import { fakeTelegram } from "../support/telegram/bot-api";
import { Refusal } from "../support/telegram/fake-model";

let now = Date.parse("2026-01-01T00:00:00Z");
const fake = await fakeTelegram({ now: () => now });
const { url, token } = fake;
const telegram = createTelegram({ url, token, patience: 2 });

/** Somebody who has written to the bot. */
function begun() {
  const person = fake.person();
  person.says("/start");
  now += 2 * SECOND;
  return person;
}
const why = (call: Promise<unknown>) =>
  call.then(
    () => "taken",
    ({ kind, key }) => (kind === key ? kind : `${kind}: ${key}`),
  );

test("says who the bot is, and writes and edits with buttons", async () => {
  expect(await telegram.me()).toMatchObject({ username: fake.username });
  const person = begun();
  const buttons = [
    [
      { text: "Да", data: "yes" },
      { text: "Нет", data: "no" },
    ],
  ];
  const id = await telegram.send(person.id, { text: "a < b & c", buttons });
  expect(person.last()).toMatchObject({ id, text: "a < b & c", buttons: [["Да", "Нет"]] });
  expect(await telegram.edit(person.id, id, { text: "готово" })).toBe(true);
  expect(person.last()).toMatchObject({ text: "готово", buttons: [], edits: 1 });
  expect(await telegram.edit(person.id, id, { text: "готово" })).toBe(false);
});

test("hears what people say and press, each once, and a press is answered once", async () => {
  const person = begun();
  const id = await telegram.send(person.id, {
    text: "?",
    buttons: [[{ text: "Да", data: "yes" }]],
  });
  const pressed = person.presses("Да");
  const updates = await telegram.updates(0, 1);
  const press = updates.at(-1)?.callback_query ?? expect.fail("nothing was pressed");
  expect(press).toMatchObject({
    data: "yes",
    from: { id: person.id },
    message: { message_id: id },
  });
  await telegram.answerPress(press.id, "Готово");
  expect(await why(telegram.answerPress(press.id))).toBe("telegram_refused");
  await telegram.updates((updates.at(-1)?.update_id ?? 0) + 1, 0);
  expect(await pressed).toBe("Готово");
});

test("a poll is ended by what comes, and by who polls for the same bot", async () => {
  await telegram.updates(1e9, 0);
  const waiting = telegram.updates(0, 10);
  const person = fake.person();
  person.says("hello");
  expect((await waiting).map(({ message }) => message?.text)).toEqual(["hello"]);
  await telegram.updates(1e9, 0);
  const first = why(telegram.updates(0, 10));
  const second = telegram.updates(0, 10);
  expect(await first).toBe("telegram_twice");
  person.says("again");
  expect(await second).toHaveLength(1);
  await telegram.updates(1e9, 0);
});

test("a webhook hears, with its secret, and nobody may poll meanwhile", async () => {
  const heard: unknown[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers["x-telegram-bot-api-secret-token"]);
    response.writeHead(heard.length === 1 ? 500 : 200).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await telegram.updates(1e9, 0);
  const hook = `http://127.0.0.1:${port}/hook`;
  await telegram.listenAt({ url: hook, secret: "a-secret" });
  expect(await telegram.webhookUrl()).toBe(hook);
  expect(await why(telegram.updates(0, 0))).toBe("telegram_twice");
  await fake.person().says("hello");
  expect(heard).toEqual(["a-secret", "a-secret"]);
  await telegram.listenAt(null);
  expect(await telegram.updates(0, 0)).toEqual([]);
});

test.each([
  ["who has never written", { begun: false }],
  ["who has blocked the bot", { blocked: true }],
  ["who is gone", { deactivated: true }],
])("nothing reaches %s", async (_, turned) => {
  const person = begun();
  Object.assign(person.chat, turned);
  expect(await why(telegram.send(person.id, { text: "?" }))).toBe("telegram_blocked");
});

test("too many to one chat, and too many in all, are refused with how long to wait", async () => {
  const person = begun();
  await telegram.send(person.id, { text: "1" });
  const second = await telegram.send(person.id, { text: "2" }).catch((error) => error);
  expect(second).toMatchObject({ kind: "telegram_throttled", retryAfterMs: SECOND });
  now += SECOND;
  await telegram.send(person.id, { text: "2" });
  now += SECOND;
  const many = Array.from({ length: 31 }, begun);
  now += SECOND;
  const each = await Promise.all(many.map(({ id }) => why(telegram.send(id, { text: "?" }))));
  expect(each.filter((what) => what === "telegram_throttled")).toHaveLength(1);
});

test.each([
  ["too long", { text: "a".repeat(4_097) }],
  ["empty", { text: " " }],
  ["a button that says too much", { text: "?", buttons: [[{ text: "a", data: "a".repeat(65) }]] }],
])("what Telegram would not take is refused: %s", async (_, words) => {
  expect(await why(telegram.send(begun().id, words))).toBe("telegram_refused");
});

test("whether something has left is told apart", async () => {
  const person = begun();
  const send = () => why(telegram.send(person.id, { text: "?" }));
  onTestFinished(() => fake.spoil(() => undefined));
  fake.spoil(() => "unheard");
  expect(await send()).toBe("telegram_silent");
  expect(person.last()?.text).toBe("?");
  fake.spoil(() => new Refusal(502, "Bad Gateway"));
  expect(await send()).toBe("telegram_silent");
  const nobody = createTelegram({ url: "http://127.0.0.1:1", token });
  expect(await why(nobody.send(person.id, { text: "?" }))).toBe("telegram_unreachable");
});

test("a wrong token is said to be one, and no failure holds it", async () => {
  const wrong = createTelegram({ url, token: "1:wrong" });
  expect(await why(wrong.me())).toBe("telegram_token");
  const nobody = createTelegram({ url: "http://127.0.0.1:1", token });
  const failure = await nobody.me().catch((error: Error) => error);
  const told = (error: unknown): string =>
    error instanceof Error ? `${error.stack} ${JSON.stringify(error)} ${told(error.cause)}` : "";
  expect(told(failure)).not.toContain(token);
  expect(masked(`https://api.telegram.org/bot${token}/getMe`)).not.toContain(token);
});

test("its commands are described in each language", async () => {
  await telegram.describeCommands([{ command: "tasks", description: "Задачи" }]);
  await telegram.describeCommands([{ command: "tasks", description: "Tasks" }], "en");
  expect([...fake.commands.keys()]).toEqual(["", "en"]);
});
