import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { callMethod, type World } from "./bot-methods";
import {
  type Limits,
  type Params,
  Refusal,
  telegramsOwn,
  type Update,
  type User,
} from "./fake-model";
import { floodLimits } from "./flood-limits";
import { type Person, personIn } from "./person";
import { updateQueue } from "./update-queue";

export type Call = { method: string; params: Params; at: number };
/**
 * What happens to a call instead: an answer that refuses it, no connection, or it is carried out and nobody
 * hears of it.
 */
export type Fault = Refusal | "closed" | "unheard";

export type Options = {
  token?: string;
  username?: string;
  /** Milliseconds; what is counted a second is counted by it. */
  now?: () => number;
  limits?: Limits;
};

export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>;

/**
 * A small faithful Bot API over real HTTP. Nobody has written to the bot before they say something; the bot
 * hears of it by polling or at its webhook.
 */
export async function startFakeTelegram({
  token = "123456:fake-token-of-the-tests-0123456789ab",
  username = "duken_test_bot",
  now = Date.now,
  limits = telegramsOwn,
}: Options = {}) {
  const bot: User = {
    id: Number(token.split(":")[0]),
    is_bot: true,
    first_name: "Duken",
    username,
  };
  const world: World = {
    ...{ bot, now, chats: new Map(), presses: new Map(), commands: new Map() },
    queue: updateQueue(),
    flood: floodLimits(limits, now),
  };
  const calls: Call[] = [];
  const refusals: (Call & { code: number })[] = [];
  let faultOf: (call: Call) => Fault | undefined = () => undefined;
  let people = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, given, method = ""] = /^\/bot([^/]*)\/(\w+)/.exec(request.url ?? "") ?? [];
    const params = await paramsOf(request);
    if (given === undefined) throw new Refusal(404, "Not Found");
    if (given !== token) throw new Refusal(401, "Unauthorized");
    const call = { method, params, at: now() };
    calls.push(call);
    const fault = faultOf(call);
    if (fault instanceof Refusal) throw fault;
    if (fault === "closed") return void request.socket.destroy();
    const result = await callMethod(world, method, params).catch((error: unknown) => {
      if (error instanceof Refusal) refusals.push({ ...call, code: error.code });
      throw error;
    });
    if (fault === "unheard") return void request.socket.destroy();
    say(response, 200, { ok: true, result });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      const { code, description, parameters } = error;
      say(response, code, { ok: false, error_code: code, description, parameters });
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    world.queue.stop();
    server.closeAllConnections();
    return new Promise<void>((stopped) => server.close(() => stopped()));
  };

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    username,
    calls,
    /** Calls that were answered by a no of ours, and not by a fault that a test asked for. */
    refusals,
    /** How many messages were taken, and how many refused as too many. */
    counted: world.flood.counted,
    commands: world.commands,
    webhook: () => world.queue.info(),
    /** Somebody with a Telegram account; their chat is empty. */
    person(about: Partial<User> = {}): Person {
      people += 1;
      const id = 700_000_000 + people;
      const user = {
        id,
        is_bot: false,
        first_name: `Person ${people}`,
        language_code: "ru",
        ...about,
      };
      return personIn(world, user);
    },
    /** Tells the bot something once more, or something odd. Resolves when it is done with it. */
    tell: (update: Omit<Update, "update_id"> & { update_id?: number }) => world.queue.put(update),
    /** From now on; `undefined` of a call lets it through. */
    spoil: (how: (call: Call) => Fault | undefined) => {
      faultOf = how;
    },
    stop,
  };
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function paramsOf(request: IncomingMessage): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const query = new URL(request.url ?? "/", "http://fake").searchParams;
  const isJson = request.headers["content-type"]?.includes("json") && body !== "";
  return { ...Object.fromEntries(query), ...(isJson ? JSON.parse(body) : {}) };
}
