import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { kaspiAccess } from "@/lib/exits/access";
import { functions } from "@/lib/functions";
import { inngestRoute } from "@/lib/jobs/route";
import { log } from "@/lib/log";
import { readiness } from "@/lib/workspace/readiness";

/**
 * The doors of a worker: /health/ while it lives, /health/ready/ once its jobs run and what they stand
 * on works, and /api/inngest for an Inngest server. Answers its address.
 */
export async function startWorkerServer(
  host: string,
  port: number,
  started: Promise<unknown> | null,
): Promise<string> {
  let running = false;
  void started?.then(() => {
    running = true;
  });
  const inngest = inngestRoute(functions);
  const answers: Record<string, (request: Request) => Promise<Response>> = {
    "/health/": async () => Response.json({ status: "ok" }),
    "/health/ready/": async () => {
      const { db, clock } = kaspiAccess();
      const parts = await readiness(db, clock());
      const isReady = running && Object.values(parts).every((part) => part === "ok");
      const status = isReady ? "ok" : "unavailable";
      return Response.json({ status, running, ...parts }, { status: isReady ? 200 : 503 });
    },
    "/api/inngest/": inngest,
  };
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing, (request) => {
      const path = new URL(request.url).pathname.replace(/\/*$/, "/");
      return answers[path]?.(request) ?? Promise.resolve(new Response(null, { status: 404 }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}/health/ready/`;
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  try {
    const response = await handle(await requestFrom(incoming, outgoing));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    log.error({ err: error, path: incoming.url }, "The worker could not answer");
    outgoing.writeHead(500).end();
  }
}

/** Aborted when the caller hangs up. */
async function requestFrom(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { method = "GET", url = "/", headers } = incoming;
  const body = ["GET", "HEAD"].includes(method) ? null : await buffer(incoming);
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return new Request(new URL(url, "http://worker.invalid"), {
    method,
    headers: given,
    body,
    signal: gone.signal,
  });
}
