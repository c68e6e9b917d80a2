import { NonRetriableError, RetryAfterError } from "inngest";
import { bareError } from "@/lib/core/bare-error";
import { isAppError } from "@/lib/core/errors";

/** Our error kinds in the SDK's words: the one place where "may a job try again" becomes a retry. */
export function asRetryError(error: unknown): never {
  if (!isAppError(error)) throw bareError(error);
  if (!error.mayRetry) throw new NonRetriableError(error.message, { cause: error });
  if (error.retryAfterMs === undefined) throw error;
  throw new RetryAfterError(error.message, error.retryAfterMs, { cause: error });
}
