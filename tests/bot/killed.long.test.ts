import { desc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { answerApi } from "@/lib/api/answer-api";
import { MINUTE } from "@/lib/core/time";
import { taskChanges, tasks } from "@/lib/db/schema/tasks";
import { apiOffice, keyOf } from "../support/api";
import { apiServer } from "../support/api-server";
import { type Child, startChild } from "../support/child";
import { type Random, seeded, whole } from "../support/random-market";
import { telegramOf } from "../support/telling";

const ROUNDS = 6;
/** The most calls that one press brings about, of Telegram and of the office. */
const MOST_CALLS = 9;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

const office = await apiOffice();
const { owner } = office;
const { db } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });

/** What the bot asks of the office is counted before and after it is carried out. */
let called = () => {};
const { url } = await apiServer(async (request) => {
  called();
  const answer = await answerApi(request);
  called();
  return answer;
});
fake.spoil(() => {
  called();
  return undefined;
});

let bot: Child | null = null;
let kills = 0;
afterAll(async () => {
  bot?.kill("SIGKILL");
  await bot?.ended;
});

test(
  `a bot that is killed -9 at any press goes on where it stood, and does nothing twice (seed ${SEED})`,
  async () => {
    const random = seeded(SEED);
    const key = await keyOf(office, owner.id, ["bot"]);
    const person = await linked(owner);
    const step = (what: () => Promise<unknown>) => inAnyCase(random, key, what);
    const press = (...names: (string | RegExp)[]) =>
      names.reduce<Promise<unknown>>(
        (before, name) => before.then(() => step(() => person.presses(name))),
        Promise.resolve(),
      );
    bot = await started(key);
    await step(() => person.says("/start"));
    await press(/^Списки/, "Новый список");
    await step(() => person.says("Склад"));
    for (let round = 1; round <= ROUNDS; round += 1) {
      await press("Добавить задачу");
      await step(() => person.says(`Задача ${round}`));
      await press("Сделано", "Вернуть в работу", "Сделано", "Срок", "Завтра, 18:00", "‹ Назад");
      expect(person.last()?.text).toContain("Склад");
    }
    const made = await db.select().from(tasks).orderBy(desc(tasks.createdAt));
    expect(made.map(({ title }) => title)).toEqual(
      Array.from({ length: ROUNDS }, (_, nth) => `Задача ${ROUNDS - nth}`),
    );
    for (const { id, doneAt, dueAt } of made) {
      expect([doneAt === null, dueAt === null]).toEqual([false, false]);
      const changes = await db.select().from(taskChanges).where(eq(taskChanges.taskId, id));
      const kinds = changes.map(({ what }) => what).sort();
      expect(kinds).toEqual(["created", "done", "done", "due", "reopened"]);
    }
    expect(kills).toBeGreaterThan(ROUNDS);
  },
  20 * MINUTE,
);

/** A press while the bot is alive, or while it dies at some call of it or before any. */
async function inAnyCase(random: Random, key: string, act: () => Promise<unknown>): Promise<void> {
  let left = random() < 0.5 ? whole(random, 0, MOST_CALLS) : Number.POSITIVE_INFINITY;
  const count = () => {
    left -= 1;
    if (left === -1) bot?.kill("SIGKILL");
  };
  if (left === 0) count();
  called = count;
  const done = act();
  const isOver = await Promise.race([done.then(() => true), bot?.ended.then(() => false)]);
  called = () => {};
  if (isOver && left >= 0) return;
  // It may have been told to die with its last call.
  await bot?.ended;
  kills += 1;
  bot = await started(key);
  await done;
}

async function started(key: string): Promise<Child> {
  const child = startChild("lib/cli/main.ts", ["bot"], {
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_URL: fake.url,
    BOT_API_KEY: key,
    OFFICE_URL: url,
  });
  await child.line((line) => line.includes("отвечает"));
  return child;
}
