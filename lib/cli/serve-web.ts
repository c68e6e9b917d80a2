import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError, isAppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import { log } from "@/lib/log";

/** Steps of jobs bring what they remember; more than this is no step. */
const MOST_BYTES = 32 * 1024 * 1024;

type Handle = (request: Request) => Promise<Response>;

/** An HTTP server for a handler of the web's own requests. Port 0 takes a free one. */
export async function serveWeb(
  { host, port }: { host: string; port: number },
  handle: Handle,
): Promise<{ url: string; close(): void }> {
  const limits = { headersTimeout: 15 * SECOND, requestTimeout: 60 * SECOND };
  const server = createServer(
    limits,
    (incoming, outgoing) => void answer(incoming, outgoing, handle),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${host}:${taken}`, close: () => void server.close() };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: Handle,
): Promise<void> {
  try {
    const response = await handle(await requestFrom(incoming, outgoing));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    log.error({ err: error, path: incoming.url }, "No answer");
    outgoing.writeHead(isAppError(error) ? error.status : 500, { connection: "close" }).end();
  }
}

/** Aborted when the caller hangs up. */
async function requestFrom(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { method = "GET", url = "/", headers } = incoming;
  const body = ["GET", "HEAD"].includes(method) ? null : await bodyOf(incoming);
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new Request(new URL(url, "http://server.invalid"), {
    method,
    headers: given,
    body,
    signal: gone.signal,
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new AppError("too_large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
