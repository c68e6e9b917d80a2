import { AppError, type ErrorKind, errorKinds, isAppError } from "@/lib/core/errors";

const isKind = (word: string): word is ErrorKind => word in errorKinds;

/** The kind and the key in the message of an AppError; null for any other. */
function namesIn(message: string): { kind: ErrorKind; key: string } | null {
  const [, kind = "", key = kind] = /^(\w+)(?:: (\w+))?$/.exec(message) ?? [];
  return isKind(kind) ? { kind, key } : null;
}

/** The text for what a run has failed of. Engines hand an AppError over as a plain one with its message. */
export function errorKeyOf(error: Error): string {
  if (isAppError(error)) return error.key;
  return namesIn(error.message)?.key ?? "unknown";
}

/** The AppError that an engine has handed over as a plain one; null for a surprise. */
export function appErrorOf(
  { message }: { message: string },
  retryAfterMs: number,
): AppError | null {
  const names = namesIn(message);
  return names && new AppError(names.kind, names.key, { retryAfterMs });
}
