import { endpoint } from "@/lib/auth/endpoint";
import { AppError } from "@/lib/core/errors";
import { allowOrigin, preflight } from "./cross-origin";
import type { Method } from "./operation";
import { operations } from "./registry";
import { type Place, routeTable, segmentsOf } from "./route-table";
import { carryOut } from "./serve";

type Answer = (request: Request, params: Record<string, string>) => Promise<Response>;

const ROOT = "/api/v1/";

const find = routeTable<Answer>(operations, (operation) =>
  endpoint({ scope: operation.scope }, (caller, request, params) =>
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

/** Everything under `/api/v1`, with and without the last slash. */
export async function answerApi(request: Request): Promise<Response> {
  const place = find(segmentsOf(new URL(request.url).pathname.slice(ROOT.length)));
  const answer = await answerAt(request, place);
  allowOrigin(request, answer.headers);
  return answer;
}

async function answerAt(request: Request, place: Place<Answer> | null): Promise<Response> {
  if (request.method === "OPTIONS") return preflight(request);
  if (place === null) return nowhere(request, null);
  const answer = place.byMethod.get(request.method as Method);
  if (answer) return answer(request, place.params);
  const refused = await otherwise(request, null);
  if (refused.status === 405) refused.headers.set("allow", [...place.byMethod.keys()].join(", "));
  return refused;
}
