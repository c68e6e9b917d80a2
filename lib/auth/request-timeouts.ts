import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server } from "node:http";
import { MINUTE, SECOND } from "@/lib/core/time";
import { isUpload } from "./body-limit";

export type Patience = { headersMs: number; bodyMs: number; uploadMs: number };

const usual: Patience = { headersMs: 15 * SECOND, bodyMs: MINUTE, uploadMs: 5 * MINUTE };

const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Ends requests that are sent drop by drop. Next makes its server itself, so this comes in by Node's channel
 * of requests, with the first of them. Only what a visitor sends is timed: an answer, a stream of events too,
 * lasts as long as it lasts. Returns how to stop.
 */
export function limitSlowRequests(patience: Patience = usual): () => void {
  const onRequest = (message: unknown) => {
    const { request, server } = message as { request: IncomingMessage; server: Server };
    server.headersTimeout = patience.headersMs;
    server.requestTimeout = patience.uploadMs;
    if (!hasBody(request) || isUpload(`http://inside${request.url}`)) return;
    const end = () => void (request.complete || request.socket.destroy());
    const timer = setTimeout(end, patience.bodyMs).unref();
    request.once("close", () => clearTimeout(timer));
  };
  subscribe("http.server.request.start", onRequest);
  return () => void unsubscribe("http.server.request.start", onRequest);
}
