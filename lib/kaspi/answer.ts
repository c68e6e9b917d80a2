import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import type { KaspiResponse } from "@/lib/kaspi/transport";

/** A page instead of data: a login page or an anti-bot page, depending on who answers. */
export function isPage(response: KaspiResponse): boolean {
  return /html/i.test(response.contentType) || response.body.trimStart().startsWith("<");
}

export function parseJson(response: KaspiResponse): unknown {
  try {
    return JSON.parse(response.body);
  } catch {
    throw malformed(response.url);
  }
}

/** Statuses that mean the same on every host. `throttleMs` is the shortest pause, whatever Kaspi names. */
export function statusFailure(response: KaspiResponse, throttleMs?: number): AppError {
  const { status } = response;
  const params = { status, path: response.url.pathname };
  if (status === 404) return new AppError("kaspi_not_found", "kaspi_not_found", { params });
  if (status === 429) {
    const pauses = [response.retryAfterMs, throttleMs].filter((ms) => typeof ms === "number");
    return new AppError("kaspi_throttled", "kaspi_throttled", {
      params,
      ...(pauses.length === 0 ? {} : { retryAfterMs: Math.max(...pauses) }),
    });
  }
  if (status >= 500) return new AppError("kaspi_unreachable", "kaspi_unreachable", { params });
  if (status >= 400) return new AppError("kaspi_rejected", "kaspi_rejected", { params });
  return malformed(response.url);
}

/** Names the place and the fields at fault, never the values: an answer may hold personal data. */
export function malformed(url: URL, error?: z.ZodError): AppError {
  const fields = error?.issues.slice(0, 5).map((issue) => issue.path.join(".")) ?? [];
  return new AppError("kaspi_malformed", "kaspi_malformed", {
    params: { path: url.pathname, fields: fields.join(", ") },
  });
}

/** The answer as the schema says, or kaspi_malformed. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  url: URL,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw malformed(url, result.error);
  return result.data;
}
