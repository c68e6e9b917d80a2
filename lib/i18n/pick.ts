import type { NestedKeyOf } from "next-intl";
import type { Messages } from "./messages";

/** A group of messages, or a single one: `list.bulk`, `errors.no_connection`. */
export type MessagePath = NestedKeyOf<Messages>;

/** A leaf is a text, or in a built application what it was taken apart into. */
export type MessageTree = { [key: string]: unknown };

const isTree = (value: unknown): value is MessageTree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The messages of both; where they meet, the later ones. */
export function mergeMessages(first: MessageTree, second: MessageTree): MessageTree {
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const former = merged[key];
    merged[key] = isTree(former) && isTree(value) ? mergeMessages(former, value) : value;
  }
  return merged;
}

function along(messages: MessageTree, [key, ...rest]: string[]): MessageTree {
  if (key === undefined) return messages;
  const found = messages[key];
  return { [key]: isTree(found) ? along(found, rest) : found };
}

/** Only these of the messages, each where it was. */
export function pickMessages(messages: MessageTree, paths: readonly MessagePath[]): MessageTree {
  return paths.map((path) => along(messages, path.split("."))).reduce(mergeMessages, {});
}
