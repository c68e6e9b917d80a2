import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Person } from "../../support/telegram/person";
import type { FakeTelegram } from "../../support/telegram/server";
import type { Shown } from "./phone";

/** What a spec asks the phone for; each is answered when the bot is done with it. */
export type Asked = { who: string; says?: string; presses?: string };

/** People with Telegram in their hands, for specs, which run in other processes than the fake Bot API. */
export async function startPhones(fake: FakeTelegram) {
  const people = new Map<string, Person>();
  const personOf = (who: string): Person => {
    const known = people.get(who) ?? fake.person({ username: who, first_name: who });
    people.set(who, known);
    return known;
  };

  async function answer({ who, says, presses }: Asked): Promise<Shown> {
    const person = personOf(who);
    if (says !== undefined) await person.says(says);
    const answered = presses === undefined ? "" : await person.presses(new RegExp(presses, "u"));
    const { text = "", buttons = [] } = person.last() ?? {};
    return { text, buttons: buttons.flat(), answered };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const shown = await answer(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(shown));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((stopped) => server.close(() => stopped()));
    },
  };
}
