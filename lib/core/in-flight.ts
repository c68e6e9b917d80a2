/** What is asked for while the same is under way gets the same answer. Nothing is kept when it has ended. */
export function inFlight<T>(): (key: string, begin: () => Promise<T>) => Promise<T> {
  const going = new Map<string, Promise<T>>();
  return (key, begin) => {
    const known = going.get(key);
    if (known) return known;
    const begun = begin().finally(() => going.delete(key));
    going.set(key, begun);
    return begun;
  };
}
