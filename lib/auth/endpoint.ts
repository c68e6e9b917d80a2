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
import { personOf, TELEGRAM_USER } from "./telegram-user";

/** What a key needs to be let in; `session`: the office's own pages only, no key at all. */
type Rule = {
  scope: ApiScope | "session";
  /** By the person or a key of their own: nobody asks for it in their place. */
  own?: true | undefined;
};

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

type Entered = { caller: Caller; keyId: string | null };

/** By the key if one is shown, and by nothing else then; otherwise by the session. */
function enter(request: Request, rule: Rule, address: string): Promise<Entered> {
  const key = bearerOf(request.headers);
  return key === null ? bySession(request, rule.scope) : byKey(request, rule, { key, address });
}

async function bySession(request: Request, scope: Rule["scope"]): Promise<Entered> {
  const caller = await currentCaller();
  if (!caller)
    throw new AppError("unauthorized", scope === "session" ? "unauthorized" : "key_refused");
  requireOwnOrigin(request);
  if (scope === "bot") throw lackingScope(scope);
  if (scope === "session") requireOwnPage(request);
  else await keepOwnPace("session", caller);
  return { caller, keyId: null };
}

/** A key with the scope `bot` that names a Telegram account is the person whose it is, not whose the key is. */
async function byKey(
  request: Request,
  { scope, own }: Rule,
  shown: { key: string; address: string },
): Promise<Entered> {
  const { caller, keyId, scopes } = await enterByKey(db(), shown, systemClock());
  if (scope === "session") throw new AppError("forbidden", "session_only");
  const person = request.headers.get(TELEGRAM_USER);
  const isForPerson = person !== null && !own && (scope === "read" || scope === "write");
  const wanted = isForPerson ? "bot" : scope;
  if (!scopes.includes(wanted)) throw lackingScope(wanted);
  return { caller: isForPerson ? await actFor(person) : caller, keyId };
}

const lackingScope = (scope: ApiScope) =>
  new AppError("forbidden", "scope_missing", { params: { scope } });

/** Our bot asks for the person whose account it names: with that person's rights, at that person's pace. */
async function actFor(account: string): Promise<Caller> {
  const person = await personOf(db(), account);
  await keepOwnPace("telegram", person);
  return person;
}

/** What keys of one person may, their browser may, too, and our bot for them. */
async function keepOwnPace(way: "session" | "telegram", { id }: Caller): Promise<void> {
  const retryAfterMs = await keepTo(db(), `${way} ${id}`, paceOf(null), systemClock());
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
