import type { Db } from "./client";

/** More shapes than these are planned anew each time: each is kept by every connection. */
const MOST_SHAPES = 40;

/**
 * A query that is asked so often that it is written and planned once. `shape` names all that makes its text
 * different; what is asked comes by placeholders. Null once there are too many shapes of it.
 */
export function preparedOnce<Q>(): (db: Db, shape: string, write: () => Q) => Q | null {
  const known = new WeakMap<Db, Map<string, Q>>();
  return (db, shape, write) => {
    const shapes = known.get(db) ?? new Map<string, Q>();
    known.set(db, shapes);
    const before = shapes.get(shape);
    if (before) return before;
    if (shapes.size >= MOST_SHAPES) return null;
    const query = write();
    shapes.set(shape, query);
    return query;
  };
}
