import { isAppError } from "@/lib/core/errors";
import { failureResponse } from "@/lib/i18n/failure-response";
import type { Locale } from "@/lib/i18n/locales";
import { describeFailure } from "./action";
import type { Caller } from "./model";
import { requireCaller } from "./session";

/** The door for the office's own JSON and event-stream routes: who asks is known before anything is done. */
export function endpoint<Context>(
  handle: (caller: Caller, request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    let locale: Locale = "ru";
    try {
      const caller = await requireCaller();
      locale = caller.locale;
      return await handle(caller, request, context);
    } catch (error) {
      const { kind, text } = describeFailure(error, locale);
      const status = isAppError(error) ? error.status : 500;
      return failureResponse(kind, text, { status });
    }
  };
}
