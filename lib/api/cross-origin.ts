import { env } from "@/lib/env";

const asked = "authorization, content-type, idempotency-key, prefer";
const told = "x-request-id, location, retry-after";
const A_DAY = `${24 * 60 * 60}`;

/** Whether a page of that origin may read our answers: those alone that are configured, with a key of their own. */
const isAllowed = (origin: string | null): origin is string =>
  origin !== null && env().API_ORIGINS.includes(origin);

/** Tells a browser that the page it shows may read this answer. Cookies never count there. */
export function allowOrigin(request: Request, headers: Headers): void {
  if (env().API_ORIGINS.length === 0) return;
  headers.append("vary", "Origin");
  const origin = request.headers.get("origin");
  if (!isAllowed(origin)) return;
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", told);
  headers.set("cross-origin-resource-policy", "cross-origin");
}

/** What a browser asks before it sends anything of a foreign page; without our word it sends nothing. */
export function preflight(request: Request): Response {
  if (!isAllowed(request.headers.get("origin"))) return new Response(null, { status: 204 });
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers": asked,
      "access-control-max-age": A_DAY,
    },
  });
}
