import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { KaspiAccess } from "@/lib/exits/access";
import { serveFeed } from "@/lib/price-list/serve-feed";

const statuses = { unknown: 404, unauthorized: 401, not_ready: 503, unchanged: 304, list: 200 };

/** The feed of an office over HTTP, for a Kaspi that fetches it; `stop` it in the end. */
export async function feedServer(access: KaspiAccess) {
  const server = createServer(async (request, response) => {
    const [, , token = ""] = (request.url ?? "").split("/");
    const answer = await serveFeed(access, {
      token,
      authorization: request.headers.authorization ?? null,
      ifNoneMatch: request.headers["if-none-match"] ?? null,
      isHead: request.method === "HEAD",
      address: "127.0.0.1",
      agent: request.headers["user-agent"] ?? null,
    });
    const etag = "etag" in answer ? { etag: answer.etag } : {};
    response.writeHead(statuses[answer.kind], { ...etag, "content-encoding": "gzip" });
    response.end(answer.kind === "list" ? answer.xml : undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (token: string) => `http://127.0.0.1:${port}/feed/${token}/kaspi.xml`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
