import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

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

/** A route of ours at an address of this machine. */
export async function served(answer: (request: Request) => Promise<Response>) {
  const server = createServer(async (incoming, response) => {
    const answered = await answer(await requestOf(incoming));
    const body = Buffer.from(await answered.arrayBuffer());
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
