import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { KaspiHosts } from "@/lib/kaspi/hosts";
import { openCabinet } from "@/lib/kaspi/session";
import { createTransport, type KaspiTransport } from "@/lib/kaspi/transport";

export type Seen = {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  /** Header names as they came over the wire. */
  rawHeaders: string[];
  body: string;
};

export type Answer = {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

type Handler = (request: Seen, response: ServerResponse) => Answer | null | Promise<Answer | null>;

/** A real HTTP server that answers what the test says; null means the test answers itself. */
export async function startStub(handler: Handler) {
  const seen: Seen[] = [];
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const { method = "", url = "", headers, rawHeaders } = incoming;
    const request = { method, url, headers, rawHeaders, body };
    seen.push(request);
    const answer = await handler(request, response);
    if (!answer) return;
    response.writeHead(answer.status ?? 200, {
      "content-type": "application/json",
      ...answer.headers,
    });
    response.end(answer.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections = () =>
    new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { url, seen, connections };
}

export function hostsAt(url: string): KaspiHosts {
  return { cabinet: url, id: url, storefront: url, images: url };
}

export const noWait = async () => {};

export function transportTo(url: string, timeoutMs = 5_000): KaspiTransport {
  const transport = createTransport({ hosts: hostsAt(url), timeoutMs });
  onTestFinished(() => transport.close());
  return transport;
}

const SAVED = JSON.stringify({
  version: "tough-cookie@6",
  storeType: "MemoryCookieStore",
  rejectPublicSuffixes: true,
  enableLooseMode: true,
  cookies: [
    { key: "mc-session", value: "1746529671.617.2772.482503|0123", domain: "mc.shop.kaspi.kz" },
    { key: "mc-sid", value: "11111111-2222", domain: "mc.shop.kaspi.kz" },
  ].map((cookie) => ({ ...cookie, path: "/", hostOnly: true, httpOnly: true, secure: true })),
});

/** A logged-in cabinet on a stub. */
export function cabinetAt(url: string, timeoutMs?: number) {
  const transport = transportTo(url, timeoutMs);
  return openCabinet({ transport, session: { cookies: SAVED }, acquireSlot: noWait });
}

/** A cabinet whose every call gets the same answer. */
export async function cabinetAnswering(answer: Answer) {
  const stub = await startStub(() => answer);
  return { cabinet: cabinetAt(stub.url), seen: stub.seen };
}

export async function storefrontAnswering(answer: Answer) {
  const stub = await startStub(() => answer);
  return {
    storefront: { transport: transportTo(stub.url), acquireSlot: noWait },
    seen: stub.seen,
  };
}
