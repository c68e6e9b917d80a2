import type { z } from "zod";
import { AppError, type ErrorKind, isAppError } from "@/lib/core/errors";
import { errorText } from "@/lib/i18n/error-text";
import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { log } from "@/lib/log";
import { comingFrom } from "@/lib/log/origin";
import type { Caller } from "./model";
import { pageOrigin, requireCaller } from "./session";

export type ActionFailure = {
  kind: ErrorKind | "unknown";
  key: string;
  /** In the caller's language; what is wrong, what stays safe, what to do. */
  text: string;
  /** Per form field, in the caller's language. */
  fields: Record<string, string>;
  /** How long the other side wants us away. */
  retryAfterMs: number | null;
};

export type ActionResult<T> = { ok: true; value: T } | { ok: false; failure: ActionFailure };

/** The door for every write of a page: authenticate → parse → handle → a typed, translated result. */
export function action<S extends z.ZodType, T>(
  schema: S,
  handle: (caller: Caller, input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return (input) => {
    let locale: Locale = "ru";
    return settle(
      async () => {
        const caller = await requireCaller();
        locale = caller.locale;
        return handle(caller, parse(schema, input));
      },
      () => locale,
    );
  };
}

/** The same door for the pages before login; the language is the page's. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  locale: () => Promise<Locale>,
  handle: (input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return async (input) => {
    const spoken = await locale();
    return settle(
      async () => handle(parse(schema, input)),
      () => spoken,
    );
  };
}

/** Each is put in words, and what is sent may hold thousands. */
export const MOST_DETAILS = 50;

/** Throws `invalid` with the fields at fault. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const details = result.error.issues.slice(0, MOST_DETAILS).map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  throw new AppError("invalid", "invalid", { details });
}

async function settle<T>(work: () => Promise<T>, locale: () => Locale): Promise<ActionResult<T>> {
  return comingFrom(await pageOrigin(), async () => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      if (isNextControlFlow(error)) throw error;
      return { ok: false, failure: describeFailure(error, locale()) };
    }
  });
}

/** `redirect()` and `notFound()` travel as errors with a digest; they are Next's, not failures. */
function isNextControlFlow(error: unknown): boolean {
  return error instanceof Error && "digest" in error && String(error.digest).startsWith("NEXT_");
}

/** A failure as people may see it. Surprises are logged and shown without their insides. */
export function describeFailure(error: unknown, locale: Locale): ActionFailure {
  const t = translator(locale);
  if (!isAppError(error)) {
    log.error({ err: error }, "unexpected error");
    return {
      kind: "unknown",
      key: "unknown",
      text: t("errors.unknown"),
      fields: {},
      retryAfterMs: null,
    };
  }
  const fields = error.details.map(({ path, message }) => [
    path,
    errorText(t, { kind: "invalid", key: message, params: error.params }),
  ]);
  return {
    kind: error.kind,
    key: error.key,
    text: errorText(t, error),
    fields: Object.fromEntries(fields),
    retryAfterMs: error.retryAfterMs ?? null,
  };
}
