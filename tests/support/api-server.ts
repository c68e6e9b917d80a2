import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import { answerApi } from "@/lib/api/answer-api";

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, `${value}`);
  const body = Buffer.concat(await incoming.toArray());
  const { method = "GET", url = "" } = incoming;
  return new Request(`http://inside${url}`, {
    ...{ method, headers },
    ...(body.length > 0 && { body }),
  });
}

/** The API as a program meets it: at an address of this machine. Once per test file. */
export async function apiServer(): Promise<{ url: string }> {
  const server = createServer(async (incoming, response) => {
    const answer = await answerApi(await requestOf(incoming));
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
