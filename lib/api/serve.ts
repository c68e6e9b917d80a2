import type { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { inTurns } from "@/lib/core/in-turns";
import { translator } from "@/lib/i18n/translator";
import { answerOnce } from "./answer-once";
import type { Answered, Operation } from "./operation";
import { parseWhole, readJson, readQuery } from "./read-request";

/** As many as there are connections to Postgres: more at once answer no sooner, and pages wait for them. */
const inLine = inTurns("api", { most: 10 });

const fresh = { "cache-control": "no-store" };

type Given = { caller: Caller; request: Request; params: Record<string, string> };

/** Carries out an operation for somebody who may ask it: what they ask, once, and the answer. */
export async function carryOut(operation: Operation, given: Given): Promise<Response> {
  const { caller, request } = given;
  const params = operation.params && idsIn(operation.params, given.params);
  const query = operation.query && parseWhole(operation.query, readQuery(request));
  const said = operation.body && (await readJson(request));
  const body = operation.body && parseWhole(operation.body, said);
  const asked: Parameters<Operation["handle"]>[0] = {
    caller,
    params,
    query,
    body,
    request,
    t: translator(caller.locale),
  };
  const handle = async () => toResponse(await operation.handle(asked));
  const work = operation.waits ? handle : () => inLine("all", handle);
  if (operation.method !== "POST" || operation.file) return work();
  const { id, once = [] } = operation;
  return answerOnce({ caller, request, operation: id, said: { params, said }, once }, work);
}

/** An id that is none leads nowhere, as one that nobody has. */
function idsIn(schema: z.ZodObject, given: unknown): Record<string, unknown> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new AppError("not_found");
}

function toResponse(answer: Answered): Response {
  if (answer instanceof Response) return answer;
  if ("json" in answer) {
    const headers = { ...fresh, "content-type": "application/json", ...answer.headers };
    return new Response(answer.json, { status: answer.status ?? 200, headers });
  }
  if (!("body" in answer)) return new Response(null, { status: answer.status, headers: fresh });
  const { status = 200, body, headers } = answer;
  return Response.json(body, { status, headers: { ...fresh, ...headers } });
}
