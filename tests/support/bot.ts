import { afterAll } from "vitest";
import type { Bot } from "@/lib/bot/bot";
import { officeDesk } from "@/lib/bot/office";
import { patient } from "@/lib/bot/patient-telegram";
import { poll } from "@/lib/bot/poll";
import { createTelegram } from "@/lib/telegram/client";
import { type apiOffice, keyOf } from "./api";
import { apiServer } from "./api-server";
import type { FakeTelegram } from "./telegram/server";

/** The bot at work between an office's API and Telegram, both over HTTP. Once per test file. */
export async function botBetween(
  office: Awaited<ReturnType<typeof apiOffice>>,
  fake: FakeTelegram,
) {
  const { url } = await apiServer();
  const key = await keyOf(office, office.owner.id, ["bot"]);
  const bot: Bot = {
    // Nobody waits in a test: what is asked again is asked at once.
    telegram: patient(
      createTelegram({ url: fake.url, token: fake.token, patience: 5 }),
      async () => {},
    ),
    desk: officeDesk({ url, key }),
    clock: office.access.clock,
  };
  let stop = new AbortController();
  let polling = poll(bot, stop.signal);
  const end = async () => {
    stop.abort();
    await polling;
  };
  afterAll(end);
  return {
    bot,
    /** Another process goes on where this one was. */
    async restart() {
      await end();
      stop = new AbortController();
      polling = poll(bot, stop.signal);
    },
  };
}
