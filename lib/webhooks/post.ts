import { request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { storable } from "@/lib/core/text";
import { lookupUnless } from "@/lib/network/addresses";
import { mayConnect, type PrivateTargets } from "@/lib/network/private-targets";
import type { Trouble } from "./event-model";
import { ATTEMPT_MS } from "./model";

/** Only so much of an answer is read, and so much of that is kept. */
const MOST_READ = 64 * 1_024;
const MOST_KEPT = 500;

export type Outcome = {
  ok: boolean;
  /** Null: there was no answer. */
  status: number | null;
  /** Null: it was accepted. */
  trouble: Trouble | null;
  excerpt: string;
  tookMs: number;
};

/** `timeoutMs`: ten seconds unless said. */
export type Ways = { targets: PrivateTargets; lookup?: LookupFunction; timeoutMs?: number };
export type Letter = { url: string; body: string; headers: Record<string, string> };

class Refused extends Error {}

/**
 * Sends a body and reads what is answered, within ten seconds. The address of a name is judged as it is
 * connected to; redirects are not followed. Never throws.
 */
export async function post(ways: Ways, letter: Letter): Promise<Outcome> {
  const begun = performance.now();
  const ended = await exchange(ways, letter).catch((error: unknown) => ({
    status: null,
    trouble: troubleOf(error),
    excerpt: "",
  }));
  const tookMs = Math.round(performance.now() - begun);
  return { ...ended, ok: ended.trouble === null, tookMs };
}

function exchange(
  { targets, lookup, timeoutMs = ATTEMPT_MS }: Ways,
  { url, body, headers }: Letter,
): Promise<Omit<Outcome, "ok" | "tookMs">> {
  const { protocol, hostname, port } = new URL(url);
  const isSecure = protocol === "https:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const place = { host, port: Number(port) || (isSecure ? 443 : 80) };
  const isRefused = (address: string) => !mayConnect(targets, address, place);
  // A name's addresses are judged by the lookup; an address has none.
  if (isIP(host) !== 0 && isRefused(host)) return Promise.reject(new Refused());
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestSecurely : requestPlainly)(url, {
      method: "POST",
      agent: false,
      lookup: lookupUnless(isRefused, () => new Refused(), lookup),
      signal,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    const fail = (error: Error) => reject(signal.aborted ? signal.reason : error);
    // What switches to another protocol closes without an error or an answer.
    const close = () => fail(new Error("closed without an answer"));
    request.once("error", fail).once("close", close);
    request.once("response", (response) => {
      const status = response.statusCode ?? 0;
      const trouble = troubleOfStatus(status);
      const chunks: Buffer[] = [];
      let read = 0;
      const end = () => {
        request.destroy();
        resolve({ status, trouble, excerpt: excerptOf(Buffer.concat(chunks)) });
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        read += chunk.length;
        if (read >= MOST_READ) end();
      });
      response.once("end", end);
      // It has said its status, and that counts: what breaks off or never ends is the rest of the talk.
      request.off("close", close).off("error", fail).on("error", end);
      response.once("error", end);
    });
    request.end(body);
  });
}

function troubleOfStatus(status: number): Trouble | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? "redirect" : "status";
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Refused) return "refused";
  if (!(error instanceof Error)) return "broken";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "late";
  const code = "code" in error ? String(error.code) : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ENODATA") return "name";
  const silent = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"];
  return silent.includes(code) ? "silent" : "broken";
}

/** What may be kept and shown of an answer: a line or two, and no secret that it repeats. */
function excerptOf(body: Buffer): string {
  const text = storable(body.subarray(0, 4 * MOST_KEPT).toString("utf8"));
  return text
    .replaceAll(/whsec_[\w-]*/g, "whsec_…")
    .replaceAll(/v1=[0-9a-f]{64}/g, "v1=…")
    .replaceAll(/(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 …")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, MOST_KEPT);
}
