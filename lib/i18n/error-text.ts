import type { ErrorKind } from "@/lib/core/errors";
import { narrow } from "./money";
import { spanOf } from "./spans";
import type { Translator } from "./translator";

/** What of an AppError may be told to a person; it also crosses from the server to the browser. */
export type Failure = {
  kind: ErrorKind;
  key: string;
  params?: Record<string, string | number>;
  retryAfterMs?: number | undefined;
};

type ErrorKey = Parameters<Translator>[0] & `errors.${string}`;

type PermissionKey = Parameters<Translator>[0] & `permissions.name.${string}`;

const keyOf = (name: string) => `errors.${name}` as ErrorKey;

/** One sentence or two: what is wrong, what stays safe, what to do. Falls back from key to kind. */
export function errorText(t: Translator, failure: Failure): string {
  const key = [failure.key, failure.kind].map(keyOf).find((candidate) => t.has(candidate));
  const span = spanOf(failure.retryAfterMs ?? 60_000);
  const wait = t(`common.span.${span.unit}`, { count: span.count });
  return narrow(t(key ?? keyOf("unknown"), { wait, ...failure.params, ...named(t, failure) }));
}

/** A permission is told by its name. */
function named(t: Translator, { params }: Failure) {
  const key = `permissions.name.${params?.permission}` as PermissionKey;
  return t.has(key) ? { permission: t(key) } : {};
}
