import type { z } from "zod";
import { messages } from "@/lib/i18n/messages";
import { UsageError } from "./command";

const texts: Record<string, string> = messages.ru.errors;

/** The parsed input, or a UsageError that says in Russian what is wrong with each value. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    ({ path, message }) => `${path.join(".")}: ${texts[message] ?? message}`,
  );
  throw new UsageError(lines.join("\n"));
}
