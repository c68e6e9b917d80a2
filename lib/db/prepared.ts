import type { Db } from "./client";

/** Every connection keeps each query that is prepared: there are never more of one kind. */
const MOST_SHAPES = 40;

type Values = Record<string, unknown>;
type Written<R> = {
  prepare(name: string): { execute(values: Values): Promise<R> };
  execute(values: Values): Promise<R>;
};

/**
 * A query that is asked so often that it is written and planned once. `shape` names all that makes its text
 * different; what is asked comes by placeholders. Once there are too many shapes, the others are written and
 * planned each time.
 */
export function preparedOnce<R>(
  name: string,
): (db: Db, shape: string, write: () => Written<R>) => { execute(values: Values): Promise<R> } {
  const known = new WeakMap<Db, Map<string, { execute(values: Values): Promise<R> }>>();
  return (db, shape, write) => {
    const shapes = known.get(db) ?? new Map();
    known.set(db, shapes);
    const before = shapes.get(shape);
    if (before) return before;
    if (shapes.size >= MOST_SHAPES) return write();
    const query = write().prepare(name);
    shapes.set(shape, query);
    return query;
  };
}
