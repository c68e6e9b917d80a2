import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { telegramLinks, tellings } from "@/lib/db/schema/telegram";
import { users } from "@/lib/db/schema/workspace";
import { raiseNotices } from "@/lib/notices/queries";
import { bindToKaspi } from "@/lib/workspace/queries";
import { type Child, startChild } from "../support/child";
import { testDatabase } from "../support/database";
import { quickened } from "../support/quickened";
import { seeded, whole } from "../support/random-market";
import { fakeTelegram } from "../support/telegram/bot-api";
import type { Person } from "../support/telegram/person";

const CHATS = 200;
const EACH = 20;
const KILLS = 16;
/** Of one process are on their way at once. */
const AT_ONCE = 8;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

const { db } = await testDatabase();
const began = Date.now();
const { clock, now } = quickened(began);
const fake = await fakeTelegram({ now });

test(
  `killed -9 at ${KILLS} moments of telling: all are told, in order, and what may be a repeat says so (seed ${SEED})`,
  async () => {
    const random = seeded(SEED);
    await bindToKaspi(db, "twin");
    const people = await crowd();
    await raiseNotices(
      db,
      Array.from({ length: CHATS * EACH }, (_, nth) => ({
        ...({ kind: "task_assigned", about: `${nth}`, severity: "info" } as const),
        userId: people[nth % CHATS]?.id ?? "",
        params: { task: `${nth}`, title: `Задача ${nth}`, by: "Айгуль" },
        renewedAt: new Date(now() - MINUTE + nth),
      })),
    );
    for (let nth = 0; nth < KILLS; nth += 1) {
      const worker = await started();
      // Half of them die when Telegram has taken a message and its answer is not yet read.
      if (nth % 2 === 0) killWithMessage(worker, whole(random, 1, 200));
      else {
        await sleep(whole(random, 0, 2 * SECOND));
        worker.kill("SIGKILL");
      }
      expect(await worker.ended).toBe("SIGKILL");
      fake.spoil(() => undefined);
    }
    const last = await started();
    const sent = () => db.$count(tellings, eq(tellings.state, "sent"));
    await expect.poll(sent, { timeout: 8 * MINUTE, interval: SECOND }).toBe(CHATS * EACH);
    last.kill("SIGKILL");
    await last.ended;
    expect(await db.$count(tellings)).toBe(CHATS * EACH);
    let repeats = 0;
    for (const [nth, { chat }] of people.entries()) repeats += repeatsIn(chat, nth);
    expect(repeats).toBeGreaterThan(0);
    expect(repeats).toBeLessThanOrEqual(KILLS * AT_ONCE);
  },
  20 * MINUTE,
);

async function started(): Promise<Child> {
  const args = [fake.url, fake.token, `${began}`];
  const worker = startChild("tests/support/telling-worker.ts", args);
  await worker.line((line) => line === "working");
  return worker;
}

function killWithMessage(worker: Child, nth: number): void {
  let taken = 0;
  fake.spoil(({ method }) => {
    if (method === "sendMessage") taken += 1;
    if (taken === nth) worker.kill("SIGKILL");
    return undefined;
  });
}

/** How many came twice; fails when something is missing, out of its order or repeated without a word. */
function repeatsIn({ chat }: Person, first: number): number {
  const told = chat.messages.map(({ text }) => ({
    nth: Number(/Задача (\d+)/.exec(text)?.[1]),
    isRepeat: text.startsWith("Возможно, повтор:"),
  }));
  const wanted = Array.from({ length: EACH }, (_, nth) => first + nth * CHATS);
  const once = told.filter(({ nth }, at) => told[at - 1]?.nth !== nth);
  expect(once.map(({ nth }) => nth)).toEqual(wanted);
  const unsaid = told.filter(({ isRepeat }) => !isRepeat).map(({ nth }) => nth);
  expect(new Set(unsaid).size).toBe(unsaid.length);
  return told.length - once.length;
}

async function crowd(): Promise<{ id: string; chat: Person }[]> {
  const seated = Array.from({ length: CHATS }, (_, nth) => ({
    ...{ email: `${nth}@example.kz`, name: `${nth}`, passwordHash: "none" },
    role: "member" as const,
  }));
  const rows = await db.insert(users).values(seated).returning();
  const people = rows.map(({ id }) => ({ id, chat: fake.person() }));
  for (const { chat } of people) chat.chat.begun = true;
  await db
    .insert(telegramLinks)
    .values(people.map(({ id, chat }) => ({ userId: id, telegramId: chat.id, linkedAt: clock() })));
  return people;
}
