import type { z } from "zod";
import { MOST_DETAILS } from "@/lib/auth/action";
import { AppError } from "@/lib/core/errors";

type Issue = z.core.$ZodIssue;

/** What a field nobody knows is called by, and everything else that is wrong, each with its field. */
function detailsOf(issue: Issue): { path: string; message: string }[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key].join("."),
    message: "unknown_field",
  }));
}

/** Throws `invalid` with the fields at fault. */
export function parseWhole<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const details = result.error.issues.flatMap(detailsOf).slice(0, MOST_DETAILS);
  throw new AppError("invalid", "invalid", { details });
}

/** The body as JSON; nothing at all is an empty object. Throws `bad_request` for what is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_request", "json_unreadable");
  }
}

/** The address' questions; one asked twice counts by its last word. */
export function readQuery(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}
