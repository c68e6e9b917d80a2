import type { Method, Operation } from "./operation";

/** What is answered at an address: by method, and what its `{names}` stand for. */
export type Place<H> = { byMethod: ReadonlyMap<Method, H>; params: Record<string, string> };

type Branch<H> = {
  words: Map<string, Branch<H>>;
  /** What a segment that is no word is called. */
  any?: { name: string; next: Branch<H> };
  byMethod: Map<Method, H>;
};

const branch = <H>(): Branch<H> => ({ words: new Map(), byMethod: new Map() });

export const segmentsOf = (path: string): string[] => path.split("/").filter(Boolean);

/**
 * A table of what answers where. A word goes before a name: `/products/batch_enable/` is no product's.
 * Throws for two operations in one place.
 */
export function routeTable<H>(
  operations: readonly Operation[],
  answerOf: (operation: Operation) => H,
): (segments: readonly string[]) => Place<H> | null {
  const root = branch<H>();
  for (const operation of operations) {
    const answer = answerOf(operation);
    for (const path of [operation.path, ...(operation.aliases ?? [])]) {
      const place = segmentsOf(path).reduce(grow, root);
      if (place.byMethod.has(operation.method))
        throw new Error(`two operations answer ${operation.method} ${path}`);
      place.byMethod.set(operation.method, answer);
    }
  }
  return (segments) => find(root, segments);
}

function grow<H>(from: Branch<H>, segment: string): Branch<H> {
  const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
  if (name === undefined) {
    const next = from.words.get(segment) ?? branch<H>();
    from.words.set(segment, next);
    return next;
  }
  from.any ??= { name, next: branch<H>() };
  if (from.any.name !== name) throw new Error(`{${name}} is also {${from.any.name}}`);
  return from.any.next;
}

function find<H>(root: Branch<H>, segments: readonly string[]): Place<H> | null {
  const params: Record<string, string> = {};
  let at: Branch<H> | undefined = root;
  for (const segment of segments) {
    const next: Branch<H> | undefined = at.words.get(segment) ?? at.any?.next;
    if (next === undefined) return null;
    if (!at.words.has(segment) && at.any) params[at.any.name] = segment;
    at = next;
  }
  return at.byMethod.size > 0 ? { byMethod: at.byMethod, params } : null;
}
