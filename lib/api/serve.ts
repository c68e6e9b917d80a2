import type { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { AppError } from "@/lib/core/errors";
import { translator } from "@/lib/i18n/translator";
import { answerOnce } from "./answer-once";
import type { Answered, Asked, Operation } from "./operation";
import { parseWhole, readJson, readQuery } from "./read-request";

type Context = { params: Promise<Record<string, string | string[]>> };

const fresh = { "cache-control": "no-store" };

/** The route of an operation: who asks, what they ask, once, and the answer. */
export function serve<
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
>(operation: Operation<P, Q, B>): (request: Request, context: Context) => Promise<Response> {
  return endpoint<Context>({ scope: operation.scope }, async (caller, request, context) => {
    const params = operation.params && idsIn(operation.params, await context.params);
    const query = operation.query && parseWhole(operation.query, readQuery(request));
    const said = operation.body && (await readJson(request));
    const body = operation.body && parseWhole(operation.body, said);
    const t = translator(caller.locale);
    const asked = { caller, params, query, body, request, t } as Asked<P, Q, B>;
    const work = async () => toResponse(await operation.handle(asked));
    if (operation.method !== "POST") return work();
    return answerOnce({ caller, request, operation: operation.id, said: { params, said } }, work);
  });
}

/** An id that is none leads nowhere, as one that nobody has. */
function idsIn<P extends z.ZodObject>(schema: P, given: unknown): z.output<P> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new AppError("not_found");
}

function toResponse(answer: Answered): Response {
  if (answer instanceof Response) return answer;
  if (!("body" in answer)) return new Response(null, { status: answer.status, headers: fresh });
  const { status = 200, body, headers } = answer;
  return Response.json(body, { status, headers: { ...fresh, ...headers } });
}
