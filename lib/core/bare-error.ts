/**
 * An error without what it was about: a failed query's message repeats its parameters, Postgres quotes
 * rows, and those may be a cookie, an address or a price. Causes count, too. Everything else is given
 * back as it is.
 */
export function bareError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ("query" in error && "params" in error) return bare(error, failedQuery(error.cause));
  if ("severity" in error && "routine" in error) return bare(error, failedQuery(error));
  const cause = bareError(error.cause);
  return cause === error.cause ? error : bare(error, error.message, cause);
}

function bare(error: Error, message: string, cause?: unknown): Error {
  const copy = new Error(message, { cause });
  copy.name = error.name;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  copy.stack = [`${copy.name}: ${copy.message}`, ...frames].join("\n");
  return copy;
}

/** Postgres quotes values in its messages, so only its code and the names of things are told. */
function failedQuery(cause: unknown): string {
  const { code, constraint_name, table_name, routine } = Object(cause) as Record<string, unknown>;
  const known = [code, constraint_name ?? table_name ?? routine].filter(Boolean).join(" ");
  return `query failed: ${known || "no answer"}`;
}
