import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { requestOrigin } from "@/lib/auth/request-origin";
import { SECOND } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { comingFrom } from "@/lib/log/origin";
import { type FeedAnswer, serveFeed } from "@/lib/price-list/serve-feed";

const unpack = promisify(gunzip);

type Context = { params: Promise<{ token: string }> };

/** A store's price list for Kaspi: whoever knows the address is let in, and nobody else knows that it is one. */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const origin = requestOrigin(request.headers);
  const { headers, method } = request;
  const asked = {
    token,
    authorization: headers.get("authorization"),
    ifNoneMatch: headers.get("if-none-match"),
    isHead: method === "HEAD",
    address: origin.from,
    agent: headers.get("user-agent"),
  };
  const given = await comingFrom(origin, () => serveFeed(kaspiAccess(), asked));
  return respond(given, asked.isHead);
}

async function respond(given: FeedAnswer, isHead: boolean): Promise<Response> {
  const common = { "cache-control": "private, no-cache" };
  switch (given.kind) {
    case "unknown":
      return new Response(null, { status: 404 });
    case "unauthorized":
      return new Response(null, {
        status: 401,
        headers: { "www-authenticate": 'Basic realm="price list"' },
      });
    case "not_ready":
      return new Response(given.why, {
        status: 503,
        headers: {
          "content-type": "text/plain",
          "cache-control": "no-store",
          "retry-after": String(Math.ceil(given.retryAfterMs / SECOND)),
        },
      });
    case "unchanged":
      return new Response(null, { status: 304, headers: { ...common, etag: given.etag } });
    case "list": {
      // Packed again by the server for whoever takes it so: it lets no route say that it has done it itself.
      const body = isHead ? null : new Uint8Array(await unpack(given.xml));
      return new Response(body, {
        headers: {
          ...common,
          "content-type": "application/xml; charset=utf-8",
          "last-modified": given.madeAt.toUTCString(),
          etag: given.etag,
        },
      });
    }
  }
}

export { answer as GET, answer as HEAD };
