import { AppError } from "@/lib/core/errors";
import { env } from "@/lib/env";
import { bearerOf } from "./bearer";

type Asked = Pick<Request, "method" | "headers" | "url">;

const readsOnly = new Set(["GET", "HEAD", "OPTIONS"]);
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A key of the API travels with no browser by itself, so no foreign page can make use of it. */
function bringsKey({ url, headers }: Asked): boolean {
  const isApi = new URL(url).pathname.startsWith("/api/v1/");
  return isApi && bearerOf(headers) !== null;
}

/** The configured address, or this machine by another of its names, which no foreign page can claim as Host. */
function isOwn(origin: string, headers: Headers): boolean {
  if (!URL.canParse(origin)) return false;
  const { origin: spelled, hostname, host } = new URL(origin);
  if (spelled === new URL(env().NEXTAUTH_URL).origin) return true;
  return loopback.has(hostname) && host === headers.get("host");
}

/**
 * Whether a browser sends this on behalf of somebody else's page. Browsers always say where a write comes
 * from; what says nothing is no browser, and has no cookies of anybody.
 */
export function isForeign(request: Asked): boolean {
  if (readsOnly.has(request.method) || bringsKey(request)) return false;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = request.headers.get("origin");
  return origin !== null && !isOwn(origin, request.headers);
}

/** Throws `forbidden` for what a foreign page has opened: files are made, and entries left, for our own pages only. */
export function requireOwnPage({ headers }: Pick<Request, "headers">): void {
  const site = headers.get("sec-fetch-site");
  if (site === "cross-site" || site === "same-site")
    throw new AppError("forbidden", "foreign_origin");
}

/** The host this is answered under: whatever the Host header claims, one of ours. */
export function ownHost({ headers }: Pick<Request, "headers">): string {
  const origin = headers.get("origin");
  const isKnown = origin !== null && isOwn(origin, headers);
  return new URL(isKnown ? origin : env().NEXTAUTH_URL).host;
}

/** Throws `forbidden` for a write from a foreign page. The proxy asks this of everything that comes in. */
export function requireOwnOrigin(request: Asked): void {
  if (isForeign(request)) throw new AppError("forbidden", "foreign_origin");
}
