import { errorKinds, isAppError } from "@/lib/core/errors";

/** The text for what a run has failed of. Engines hand an AppError over as a plain one with its message. */
export function errorKeyOf(error: Error): string {
  if (isAppError(error)) return error.key;
  const [, kind = "", key = kind] = /^(\w+)(?:: (\w+))?$/.exec(error.message) ?? [];
  return kind in errorKinds ? key : "unknown";
}
