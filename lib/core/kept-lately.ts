type Entry = { at: number; value: Promise<unknown> };

// Next evaluates a module once per bundle; what an action forgets, a page must not remember.
const shared = globalThis as typeof globalThis & { dukenKept?: Map<string, Map<string, Entry>> };

function shelf(name: string): Map<string, Entry> {
  shared.dukenKept ??= new Map();
  const known = shared.dukenKept.get(name);
  if (known) return known;
  const fresh = new Map<string, Entry>();
  shared.dukenKept.set(name, fresh);
  return fresh;
}

type Kept<T> = {
  /** What is known of this key, at most so old; else loaded, once for all who ask meanwhile. */
  get(key: string, now: Date, load: () => Promise<T>): Promise<T>;
  /** What is kept under the keys that are meant. */
  forget(isMeant: (key: string) => boolean): void;
};

/** Answers that cost much and may be a little old. The name is the program's only one. */
export function keptLately<T>(name: string, { ms, most }: { ms: number; most: number }): Kept<T> {
  return {
    get(key, now, load) {
      const entries = shelf(name);
      const kept = entries.get(key);
      if (kept && Math.abs(now.getTime() - kept.at) < ms) return kept.value as Promise<T>;
      const value = load();
      const entry = { at: now.getTime(), value };
      entries.delete(key);
      entries.set(key, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(oldest);
      }
      value.catch(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
      return value;
    },
    forget(isMeant) {
      const entries = shelf(name);
      for (const key of entries.keys()) if (isMeant(key)) entries.delete(key);
    },
  };
}
