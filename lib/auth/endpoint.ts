import { AppError, isAppError } from "@/lib/core/errors";
import { SECOND, systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { failureResponse } from "@/lib/i18n/failure-response";
import type { Locale } from "@/lib/i18n/locales";
import { comingFrom } from "@/lib/log/origin";
import { describeFailure } from "./action";
import { enterByKey } from "./api-key-entry";
import type { ApiScope } from "./api-key-scope-model";
import { bearerOf } from "./bearer";
import type { Caller } from "./model";
import { requireOwnOrigin, requireOwnPage } from "./own-origin";
import { keepTo, paceOf } from "./pace-queries";
import { requestOrigin } from "./request-origin";
import { currentCaller } from "./session";

/** What a key needs to be let in; `session`: the office's own pages only, no key at all. */
type Rule = { scope: ApiScope | "session" };

/** The door for every route: who asks, and whether they may by this key, is known before anything is done. */
export function endpoint<Context>(
  rule: Rule,
  handle: (caller: Caller, request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const origin = requestOrigin(request.headers);
    const answer = await comingFrom(origin, () =>
      settle(async (greet) => {
        const { caller, keyId } = await enter(request, rule, origin.from);
        greet(caller.locale);
        const work = () => handle(caller, request, context);
        return keyId === null ? work() : comingFrom({ ...origin, keyId }, work);
      }),
    );
    answer.headers.set("x-request-id", origin.requestId);
    return answer;
  };
}

/** By the key if one is shown, and by nothing else then; otherwise by the session. */
async function enter(
  request: Request,
  { scope }: Rule,
  address: string,
): Promise<{ caller: Caller; keyId: string | null }> {
  const key = bearerOf(request.headers);
  if (key === null) {
    const caller = await currentCaller();
    if (!caller)
      throw new AppError("unauthorized", scope === "session" ? "unauthorized" : "key_refused");
    requireOwnOrigin(request);
    if (scope === "session") requireOwnPage(request);
    else await keepSessionPace(caller);
    return { caller, keyId: null };
  }
  const { caller, keyId, scopes } = await enterByKey(db(), { key, address }, systemClock());
  if (scope === "session") throw new AppError("forbidden", "session_only");
  if (!scopes.includes(scope))
    throw new AppError("forbidden", "scope_missing", { params: { scope } });
  return { caller, keyId };
}

/** What keys of one person may, their browser may, too. */
async function keepSessionPace({ id }: Caller): Promise<void> {
  const retryAfterMs = await keepTo(db(), `session ${id}`, paceOf(null), systemClock());
  if (retryAfterMs > 0) throw new AppError("rate_limited", "rate_limited", { retryAfterMs });
}

async function settle(
  work: (greet: (locale: Locale) => void) => Promise<Response>,
): Promise<Response> {
  let locale: Locale = "ru";
  try {
    return await work((spoken) => {
      locale = spoken;
    });
  } catch (error) {
    const { kind, text, fields, retryAfterMs } = describeFailure(error, locale);
    const status = isAppError(error) ? error.status : 500;
    const headers = {
      ...(status === 401 && { "www-authenticate": "Bearer" }),
      ...(retryAfterMs !== null && { "retry-after": `${Math.ceil(retryAfterMs / SECOND)}` }),
    };
    return failureResponse(kind, text, { status, headers, fields });
  }
}
