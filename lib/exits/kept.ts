import type { Db } from "@/lib/db/client";
import type { KaspiAccess } from "./access";

/**
 * Something this process remembers, once: pages, actions and jobs are bundled apart, each with modules
 * of its own, and have the access in common.
 */
export function kept<T>(name: string, make: () => T): (access: KaspiAccess) => T {
  return ({ memory }) => {
    if (!memory.has(name)) memory.set(name, make());
    return memory.get(name) as T;
  };
}

/** What other processes have written is known here after so long (of real time). */
const FRESH_MS = 250;

/** What Postgres says, remembered for a moment: a question asked before each call. */
export function shortMemory<T>(name: string, read: (db: Db) => Promise<T>) {
  const placeOf = kept(name, (): { known: { at: number; value: Promise<T> } | null } => ({
    known: null,
  }));
  const forget = (access: KaspiAccess) => {
    placeOf(access).known = null;
  };
  return {
    forget,
    get(access: KaspiAccess): Promise<T> {
      const place = placeOf(access);
      const at = performance.now();
      if (place.known && at - place.known.at < FRESH_MS) return place.known.value;
      const value = read(access.db);
      place.known = { at, value };
      value.catch(() => forget(access));
      return value;
    },
  };
}
