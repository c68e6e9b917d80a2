import { writeFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { keepBot } from "../../scripts/launcher/bot.mjs";
import { instanceFrom } from "../../scripts/launcher/instance.mjs";
import { endServices, readServices } from "../../scripts/launcher/services.mjs";
import { temporaryFolder } from "../support/folder";
import { fakeTelegram } from "../support/telegram/bot-api";

const fake = await fakeTelegram();
const NOBODY = "http://127.0.0.1:1";

/** A launcher that keeps the bot of a folder, until the test is over. */
function launcher(token = fake.token) {
  const instance = instanceFrom({ DATA_DIR: temporaryFolder() });
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  const stop = new AbortController();
  const env = {
    ...process.env,
    ...{ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: fake.url },
    ...{ BOT_API_KEY: `duken_${"a".repeat(38)}`, OFFICE_URL: NOBODY },
  };
  const end = async () => {
    stop.abort();
    await endServices(instance);
  };
  onTestFinished(async () => {
    await end();
    said.mockRestore();
  });
  return {
    instance,
    end,
    keep: () => keepBot(instance, env, { told: stop.signal, restMs: 10 }),
    pid: () => readServices(instance).bot?.pid,
    told: () => said.mock.calls.map(([text]) => String(text)),
  };
}

const polls = () => fake.calls.filter(({ method }) => method === "getUpdates").length;

test("a bot that was killed is started again, and ended with the office", async () => {
  const { keep, pid, told, end } = launcher();
  const before = polls();
  const kept = keep();
  await expect.poll(polls).toBeGreaterThan(before);
  const first = pid();
  process.kill(first ?? 0, "SIGKILL");
  await expect.poll(() => pid() !== undefined && pid() !== first).toBe(true);
  const again = polls();
  await expect.poll(polls).toBeGreaterThan(again);
  expect(told()).toEqual([expect.stringContaining("Бот Telegram остановился")]);
  await end();
  await kept;
  expect([pid(), told().length]).toEqual([undefined, 1]);
});

test("a token that Telegram does not take is said once and not tried again", async () => {
  const { keep, pid, told } = launcher("123456:another-token-than-the-one-of-the-fake");
  await keep();
  expect(told()).toEqual([expect.stringContaining("Бот Telegram остановился")]);
  expect(pid()).toBeUndefined();
});

test("a bot that cannot be started ends nobody else, and is tried again", async () => {
  const { instance, keep, told, end } = launcher();
  writeFileSync(instance.files.logs, "no folder");
  const kept = keep();
  await expect.poll(() => told().length).toBeGreaterThan(2);
  expect(told()[0]).toContain("Бот Telegram не запускается");
  await end();
  await expect(kept).resolves.toBeUndefined();
});
