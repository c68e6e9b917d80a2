import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export type Received = { headers: IncomingMessage["headers"]; body: string; path: string };
type Answer = (response: ServerResponse, nth: number) => void;

export const ok: Answer = (response) => void response.writeHead(200).end("thanks");
export const saying =
  (status: number, body = "", headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** Somebody's program on this machine that takes webhooks. Once per test file, or in a test. */
export async function receiver(answer: Answer = ok) {
  const received: Received[] = [];
  let answering = answer;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      received.push({ headers: request.headers, body, path: request.url ?? "" });
      answering(response, received.length);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((stopped) => server.close(() => stopped()));
  };
  afterAll(stop);
  return {
    received,
    port,
    url: `http://127.0.0.1:${port}/hooks`,
    answer: (next: Answer) => {
      answering = next;
    },
    stop,
  };
}
