import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { answerApi } from "@/lib/api/answer-api";
import { createApiKey } from "@/lib/auth/api-keys";
import { createOwner } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import { served } from "../support/served";
import type { Person } from "../support/telegram/person";
import { type FakeTelegram, startFakeTelegram } from "../support/telegram/server";
import { newDatabase, postgresServer } from "./database";
import type { Bench } from "./figure";
import { seatListeners } from "./listeners";
import { cpuOf, memoryOf } from "./processes";

const PEOPLE = 100;
const TASKS = 8;
const AT_ONCE = 50;
const ALONE = 100;
const LONGEST_MS = 20_000;
const SETTLE_MS = 3_000;

/** A round through the office by buttons alone; it ends where it began. */
const round = [/^Списки/, /^Склад/, /^Задача 1/, "Сделано", "Вернуть в работу"] as const;
const back = ["‹ Назад", "‹ Назад", "‹ Назад"] as const;

/** The bot as it runs, between a Bot API and the API of the office, both over HTTP; the API has no web before it. */
export const bench: Bench = async () => {
  Object.assign(process.env, settings);
  const { db } = await newDatabase();
  const fake = await startFakeTelegram({ limits: { perSecond: 1e9, perChatMs: 0 } });
  const { url, stop } = await served(answerApi);
  const owner = { email: "owner@example.kz", name: "Owner", password: "a long password" };
  const by = await createOwner(db, owner, systemClock());
  const wanted = { name: "bot", scopes: ["bot" as const], lifeMs: null, perSecond: 0 };
  const key = await createApiKey(db, by, wanted, { by: null, now: systemClock() });
  const people = (await seatListeners(db, PEOPLE)).map(({ account }) =>
    fake.person({ id: account }),
  );
  await giveTasks(db);
  const { pid, end } = await startBot({
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_URL: fake.url,
    BOT_API_KEY: key,
    OFFICE_URL: url,
  });
  const idle = memoryOf(pid);
  await Promise.all(people.map((person) => person.says("/start")));
  const walk = walker(fake);
  const alone: number[] = [];
  while (alone.length < ALONE) alone.push(...(await walk(people[alone.length % PEOPLE])));
  await sleep(SETTLE_MS);
  const before = memoryOf(pid);
  const pids = [pid, process.pid, postgresServer().pid];
  const spent = pids.map((one) => cpuOf(one));
  const first = await crowd(walk, people);
  const [own, api, postgres] = pids.map((one, at) => cpuOf(one) - (spent[at] ?? 0));
  await sleep(SETTLE_MS);
  const halfway = memoryOf(pid);
  const second = await crowd(walk, people);
  await sleep(SETTLE_MS);
  const after = memoryOf(pid);
  end();
  await fake.stop();
  await stop();
  const presses = first.took.length + second.took.length;
  const each = (ms = 0) => `${(ms / first.took.length).toFixed(1)} ms`;
  return [
    { what: "from a press to the screen, one at a time, p50", value: part(alone, 0.5), unit: "ms" },
    { what: "the same, p99", value: part(alone, 0.99), unit: "ms", target: { most: 1_000 } },
    {
      what: `presses answered, ${AT_ONCE} chats at once`,
      value: (first.took.length / first.wall) * 1_000,
      unit: "/s",
      target: { least: 25 },
      note: `CPU of each: bot ${each(own)}, API and Bot API ${each(api)}, Postgres ${each(postgres)}`,
    },
    { what: "the same, p50", value: part(first.took, 0.5), unit: "ms" },
    { what: "the same, p99", value: part(first.took, 0.99), unit: "ms" },
    { what: "memory of the bot, nobody there yet", value: idle, unit: "MB" },
    {
      what: `memory of the bot after ${presses + alone.length} presses of ${PEOPLE} people`,
      value: after,
      unit: "MB",
      baseline: { what: `MB after the first ${alone.length}`, value: before },
    },
    {
      what: "what the second half of them added",
      value: after - halfway,
      unit: "MB",
      target: { most: 25 },
    },
  ];
};

/** Nothing of it is asked for or can be reached. */
const settings = {
  KASPI: "twin",
  KASPI_CABINET_URL: "http://127.0.0.1:1",
  KASPI_ID_URL: "http://127.0.0.1:1",
  KASPI_STOREFRONT_URL: "http://127.0.0.1:1",
  KASPI_IMAGES_URL: "http://127.0.0.1:1",
  ENCRYPTION_KEY: Buffer.alloc(32, "bench key").toString("base64"),
  NEXTAUTH_SECRET: "a secret that only the bench knows",
  NEXTAUTH_URL: "http://127.0.0.1:1",
  JOBS: "off",
};

/** How long each press of a round takes, until Telegram is told the next screen. */
function walker(fake: FakeTelegram) {
  const edited = new Map<number, number>();
  fake.spoil(({ method, params }) => {
    if (method === "editMessageText") edited.set(Number(params.chat_id), performance.now());
    return undefined;
  });
  return async (person: Person | undefined): Promise<number[]> => {
    if (!person) throw new Error("nobody is there");
    const took: number[] = [];
    for (const name of [...round, ...back]) {
      edited.delete(person.id);
      const begun = performance.now();
      await person.presses(name);
      const at = edited.get(person.id);
      if (at === undefined) throw new Error(`nothing came of ${name}`);
      took.push(at - begun);
    }
    return took;
  };
}

type Walk = ReturnType<typeof walker>;

/** So many people at once, each going round, for a while. */
async function crowd(walk: Walk, people: readonly Person[]) {
  const took: number[] = [];
  const begun = performance.now();
  const isOver = () => performance.now() - begun > LONGEST_MS;
  const inTurn = async (from: number) => {
    for (let nth = from; !isOver(); nth = (nth + AT_ONCE) % PEOPLE)
      took.push(...(await walk(people[nth])));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => inTurn(nth)));
  return { took, wall: performance.now() - begun };
}

const part = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

async function startBot(env: Record<string, string>): Promise<{ pid: number; end(): void }> {
  const args = ["--import", "tsx", "lib/cli/main.ts", "bot"];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const { pid = 0 } = child;
  return { pid, end: () => child.kill("SIGKILL") };
}

async function giveTasks(db: Awaited<ReturnType<typeof newDatabase>>["db"]): Promise<void> {
  await db.execute(sql`insert into task_categories (id, owner_id, name, created_at, updated_at)
    select encode(sha256(user_id::text::bytea), 'hex'), user_id, 'Склад', now(), now()
    from telegram_links`);
  await db.execute(sql`insert into tasks (id, category_id, title, due_at, created_at, updated_at)
    select encode(sha256((user_id::text || n)::bytea), 'hex'),
      encode(sha256(user_id::text::bytea), 'hex'), 'Задача ' || n, now() + n * interval '1 day',
      now(), now()
    from telegram_links, generate_series(1, ${TASKS}) as n`);
}
