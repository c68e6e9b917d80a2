import { endpoint } from "@/lib/auth/endpoint";
import { requestOrigin } from "@/lib/auth/request-origin";
import { AppError } from "@/lib/core/errors";
import { allowOrigin, preflight } from "./cross-origin";
import { openApiDocument } from "./openapi";
import type { Method } from "./operation";
import { operations } from "./registry";
import { routeTable, segmentsOf } from "./route-table";
import { carryOut } from "./serve";

type Answer = (request: Request, params: Record<string, string>) => Promise<Response>;

const ROOT = "/api/v1/";

const find = routeTable<Answer>(operations, (operation) =>
  endpoint({ scope: operation.scope, own: operation.own }, (caller, request, params) =>
    carryOut(operation, { caller, request, params }),
  ),
);

/** Whoever asks for what is not there shows their key like everybody. */
const nowhere = endpoint<null>({ scope: "read" }, () => {
  throw new AppError("not_found", "path_unknown");
});
const otherwise = endpoint<null>({ scope: "read" }, () => {
  throw new AppError("method_not_allowed");
});

const DOCUMENT = "openapi.json";
let document: string | null = null;

/** What the API is, open to everybody: nothing in it is anybody's. */
function tellDocument(request: Request): Response {
  document ??= JSON.stringify(openApiDocument());
  const { requestId } = requestOrigin(request.headers);
  return new Response(document, {
    headers: { "content-type": "application/json", "x-request-id": requestId },
  });
}

/** Everything under `/api/v1`, with and without the last slash. */
export async function answerApi(request: Request): Promise<Response> {
  const segments = segmentsOf(new URL(request.url).pathname.slice(ROOT.length));
  const answer = await answerAt(request, segments);
  allowOrigin(request, answer.headers);
  return answer;
}

async function answerAt(request: Request, segments: string[]): Promise<Response> {
  if (request.method === "OPTIONS") return preflight(request);
  // Who asks for the head alone is told what would be answered: the server leaves the rest away.
  const method = request.method === "HEAD" ? "GET" : (request.method as Method);
  if (method === "GET" && segments.join("/") === DOCUMENT) return tellDocument(request);
  const place = find(segments);
  if (place === null) return nowhere(request, null);
  const answer = place.byMethod.get(method);
  if (answer) return answer(request, place.params);
  const refused = await otherwise(request, null);
  if (refused.status === 405) refused.headers.set("allow", [...place.byMethod.keys()].join(", "));
  return refused;
}
