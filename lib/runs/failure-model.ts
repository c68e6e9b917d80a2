import type { StoredError } from "@/lib/db/schema/jobs";

/** Names of errors of the engine itself; the text is `runs.why.<name>`. */
const engineErrors = [
  "LostError",
  "TimeoutError",
  "LimitError",
  "UnsupportedError",
  "RefusedError",
] as const;

/**
 * The key of the sentence that says why a run failed: an AppError's kind and key travel in its message
 * ("kind: key"), because engines hand failures over as plain errors. "unknown" for everything else.
 */
export function failureKeys({ name, message }: StoredError): string[] {
  if (engineErrors.some((known) => known === name)) return [name];
  const [, kind, key] = /^([a-z_]+)(?:: ([a-z_]+))?$/.exec(message) ?? [];
  return [key, kind, "unknown"].filter((one) => one !== undefined);
}

/** Failures that whoever meets them has told of already, in words of their own. */
const toldElsewhere = [
  "needs_reauth",
  "kaspi_session_expired",
  "kaspi_credentials",
  "store_paused",
  "sending_stopped",
];

export function isToldElsewhere(error: StoredError): boolean {
  return failureKeys(error).some((key) => toldElsewhere.includes(key));
}
