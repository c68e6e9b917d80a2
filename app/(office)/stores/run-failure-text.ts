import type { Translator } from "@/lib/i18n/translator";

type Key = Parameters<Translator>[0];

/** Why a run has failed. It is read long after: nothing about how many minutes to wait. */
export function runFailureText(t: Translator, errorKey: string | null): string {
  const name = errorKey ?? "unknown";
  const keys = [`runs.failure.${name}`, `errors.${name}`] as Key[];
  return t(keys.find((key) => t.has(key)) ?? "runs.failure.unknown");
}
