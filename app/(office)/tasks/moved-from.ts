/** A task and the list it is in. */
export type Placed = { id: string; categoryId: string };
export type Move = { categoryId: string; taskIds: string[] };

/** What puts these tasks back where they stand now, when they go into that list. */
export function movesBack(shown: readonly Placed[], { categoryId: target, taskIds }: Move): Move[] {
  const moves = new Map<string, string[]>();
  for (const { id, categoryId } of shown)
    if (taskIds.includes(id) && categoryId !== target)
      moves.set(categoryId, [...(moves.get(categoryId) ?? []), id]);
  return [...moves].map(([categoryId, ids]) => ({ categoryId, taskIds: ids }));
}
