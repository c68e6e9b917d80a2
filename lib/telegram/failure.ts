import { GrammyError, HttpError } from "grammy";
import { AppError, isAppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";

/** Nothing has left for Telegram when connecting fails like this. */
const unconnected = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

/**
 * What a failed call means. `telegram_throttled` says for how long (`retryAfterMs`), `telegram_blocked`: the
 * person has blocked the bot or is gone; `telegram_unreachable`: nothing was sent; `telegram_silent`: nobody
 * knows whether it arrived; `telegram_refused`: it will never be taken so; `telegram_token`, `telegram_twice`:
 * the bot's own. A call that was given up is `telegram_silent`, too.
 */
export function telegramFailure(error: unknown): unknown {
  if (error instanceof GrammyError) return answeredWith(error);
  if (!(error instanceof HttpError)) return error;
  const code = codeOf(error.error);
  return new AppError(unconnected.includes(code) ? "telegram_unreachable" : "telegram_silent");
}

/** It is so already. */
export const isUnchanged = (error: unknown): boolean =>
  isAppError(error, "telegram_refused") && error.key === "telegram_unchanged";

function answeredWith({ error_code, description, parameters }: GrammyError): AppError {
  const params = { said: description.slice(0, 200) };
  switch (error_code) {
    case 401:
    case 404:
      return new AppError("telegram_token");
    case 403:
      return new AppError("telegram_blocked", "telegram_blocked", { params });
    case 409:
      return new AppError("telegram_twice");
    case 429: {
      const retryAfterMs = (parameters.retry_after ?? 1) * SECOND;
      return new AppError("telegram_throttled", "telegram_throttled", { retryAfterMs });
    }
    default:
      if (error_code >= 500) return new AppError("telegram_silent");
      if (/message is not modified/.test(description))
        return new AppError("telegram_refused", "telegram_unchanged");
      return isGone(description)
        ? new AppError("telegram_blocked", "telegram_blocked", { params })
        : new AppError("telegram_refused", "telegram_refused", { params });
  }
}

/** A chat that was never begun, or a person who is no more. */
const isGone = (description: string) =>
  /chat not found|user is deactivated|PEER_ID_INVALID|user not found/i.test(description);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
