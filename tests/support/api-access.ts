import type { KaspiAccess } from "@/lib/exits/access";

const shared = globalThis as typeof globalThis & { dukenKaspiAccess?: KaspiAccess };

/** Does something while the process has another access to Kaspi. */
export async function within<T>(access: KaspiAccess, work: () => Promise<T>): Promise<T> {
  const before = shared.dukenKaspiAccess;
  shared.dukenKaspiAccess = access;
  try {
    return await work();
  } finally {
    if (before) shared.dukenKaspiAccess = before;
  }
}
