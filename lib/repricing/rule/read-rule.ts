import { ruleOverrideSchema } from "./rule-model";

const MOST_KNOWN = 1_000;
const known = new Map<string, ReturnType<typeof ruleOverrideSchema.safeParse>>();

/** A stored rule, or what is wrong with it. Thousands of products have few different ones: equal rules are read once. */
export function readRule(stored: unknown): ReturnType<typeof ruleOverrideSchema.safeParse> {
  const text = JSON.stringify(stored ?? null);
  const before = known.get(text);
  if (before) return before;
  const read = ruleOverrideSchema.safeParse(stored);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, read);
  return read;
}
