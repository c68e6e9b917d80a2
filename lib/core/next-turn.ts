/**
 * Work that many ask for at once, done once for all who asked before it began; who asks while it is under way
 * gets the next one. So an answer is never older than its question.
 */
export function nextTurn<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    if (next) return next;
    const turn = underWay.then(() => {
      next = null;
      return work();
    });
    underWay = turn.catch(() => null);
    next = turn;
    return turn;
  };
}
