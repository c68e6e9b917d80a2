/**
 * An error without what it was about: a failed query's message repeats its parameters, and those may
 * be a cookie, an address or a price. Everything else is given back as it is.
 */
export function bareError(error: unknown): unknown {
  if (!(error instanceof Error) || !("query" in error && "params" in error)) return error;
  const bare = new Error(`query failed: ${reasonOf(error.cause)}`);
  bare.name = error.name;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  bare.stack = [`${bare.name}: ${bare.message}`, ...frames].join("\n");
  return bare;
}

/** Postgres quotes values in its messages, so only its code and the names of things are told. */
function reasonOf(cause: unknown): string {
  const { code, constraint_name, table_name, routine } = Object(cause) as Record<string, unknown>;
  return [code, constraint_name ?? table_name ?? routine].filter(Boolean).join(" ") || "no answer";
}
