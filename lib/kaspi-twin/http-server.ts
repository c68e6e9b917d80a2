import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { MINUTE } from "@/lib/core/time";
import type { Answer, TwinRequest } from "@/lib/kaspi-twin/http";
import { parseCookies } from "@/lib/kaspi-twin/http";

export type Delivery =
  | { kind: "whole"; answer: Answer }
  /** The headers promise the whole body, the connection breaks after half of it. */
  | { kind: "half"; answer: Answer }
  /** A byte at a time, and never the end. */
  | { kind: "drip"; answer: Answer; everyMs: number }
  /** These bytes instead of HTTP. */
  | { kind: "raw"; bytes: Buffer }
  | { kind: "reset" };

export type Listener = (request: TwinRequest) => Promise<Delivery>;
export type RunningServer = { url: string; stop(): Promise<void> };

/** A price list of 50,000 offers weighs 30 MB. */
const LARGEST_BODY = 64 * 1024 * 1024;

/** Serves on 127.0.0.1 only. Port 0 takes a free one. */
export async function serve(port: number, listener: Listener): Promise<RunningServer> {
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing, listener).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = MINUTE;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, listener: Listener) {
  const body = await readBody(incoming);
  if (body === null) return outgoing.writeHead(413).end();
  const url = new URL(incoming.url ?? "/", "http://twin");
  const delivery = await attempted(listener, {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    cookies: parseCookies(incoming.headers.cookie),
    body,
    ip: incoming.socket.remoteAddress ?? "",
  });
  deliver(outgoing, delivery);
}

/** A mistake of the twin's own shows itself instead of looking like a fault of Kaspi's. */
async function attempted(listener: Listener, request: TwinRequest): Promise<Delivery> {
  try {
    return await listener(request);
  } catch (error) {
    const body = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "whole", answer: { status: 500, body } };
  }
}

function deliver(outgoing: ServerResponse, delivery: Delivery): void {
  if (delivery.kind === "reset") {
    outgoing.destroy();
    return;
  }
  if (delivery.kind === "raw") {
    outgoing.socket?.end(delivery.bytes);
    return;
  }
  const { status, headers = {}, body = "" } = delivery.answer;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (delivery.kind === "drip") {
    drip(outgoing.writeHead(status, headers), bytes, delivery.everyMs);
    return;
  }
  outgoing.writeHead(status, { ...headers, "content-length": bytes.length });
  if (delivery.kind === "whole") outgoing.end(bytes);
  else outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.destroy());
}

function drip(outgoing: ServerResponse, bytes: Buffer, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write(
      bytes.subarray(sent, sent + 1).length > 0 ? bytes.subarray(sent, sent + 1) : " ",
    );
    sent += 1;
  }, everyMs);
  timer.unref();
  outgoing.once("close", () => clearInterval(timer));
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
