import { later } from "@/lib/core/time";
import { raiseNotices } from "@/lib/notices/queries";
import { createTelegram } from "@/lib/telegram/client";
import { sendTellings } from "@/lib/telling/send-tellings";
import { spreadNotices } from "@/lib/telling/spread-notices";
import { startFakeTelegram } from "../support/telegram/server";
import { newDatabase, postgresServer } from "./database";
import type { Bench } from "./figure";
import { seatListeners } from "./listeners";
import { timed } from "./stopwatch";

const CHATS = 2_000;
const NOTICES = 10_000;
/** Telegram takes so many a second. */
const TAKEN = 25;

/** What telling costs us without what Telegram makes everybody wait: its clock is moved by who would wait. */
export const bench: Bench = async () => {
  const { db } = await newDatabase();
  let now = Date.now();
  const fake = await startFakeTelegram({
    now: () => now,
    limits: { perSecond: 1e9, perChatMs: 0 },
  });
  const telling = {
    db,
    clock: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms;
    },
    telegram: createTelegram({ url: fake.url, token: fake.token }),
    officeUrl: "https://office.example.kz",
  };
  const people = await seatListeners(db, CHATS);
  for (const { account } of people) {
    const { chat } = fake.person({ id: account });
    chat.begun = true;
  }
  const pids = { postgres: postgresServer().pid, twin: process.pid };
  const news = Array.from({ length: NOTICES }, (_, nth) => ({
    kind: "task_assigned" as const,
    ...{ about: `${nth}`, severity: "info" as const, userId: people[nth % CHATS]?.id ?? "" },
    params: { task: `${nth}`, title: `Задача ${nth}`, by: "Айгуль" },
    renewedAt: later(new Date(now), -1),
  }));
  const raised = await timed(pids, () => db.transaction((tx) => raiseNotices(tx, news)));
  const spread = await timed(pids, () => spreadNotices(telling));
  const sent = await timed(pids, () => sendSome(telling, 1_000));
  await fake.stop();
  const rate = (sent.result / sent.wall) * 1_000;
  return [
    { what: "notices raised at once", value: (NOTICES / raised.wall) * 1_000, unit: "/s" },
    {
      what: `notices spread among ${CHATS} people`,
      value: (NOTICES / spread.wall) * 1_000,
      unit: "/s",
    },
    {
      what: `tellings sent while ${NOTICES} wait`,
      value: rate,
      unit: "/s",
      target: { least: 2 * TAKEN },
      baseline: { what: "tellings/s that Telegram's pace allows", value: TAKEN },
      note: `${(sent.own / sent.result).toFixed(2)} ms own, ${(sent.postgres / sent.result).toFixed(2)} ms Postgres each`,
    },
  ];
};

async function sendSome(
  telling: Parameters<typeof sendTellings>[0],
  atLeast: number,
): Promise<number> {
  let messages = 0;
  while (messages < atLeast) messages += (await sendTellings(telling, {})).messages;
  return messages;
}
