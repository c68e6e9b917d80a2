import { and, eq, isNull } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { writableStore } from "./queries";

/** The sealed token of Kaspi's official API, null when the store has none. For jobs. */
export async function sealedToken(tx: Tx, storeId: string): Promise<string | null> {
  const [store] = await tx
    .select({ token: stores.apiToken })
    .from(stores)
    .where(and(eq(stores.id, storeId), isNull(stores.archivedAt)));
  return store?.token ?? null;
}

/** Keeps a token, already sealed, or forgets it (`null`). */
export async function setToken(
  tx: Tx,
  caller: Caller,
  storeId: string,
  sealed: string | null,
  now: Date,
): Promise<void> {
  await tx.transaction(async (inner) => {
    const store = await writableStore(inner, caller, storeId);
    await inner
      .update(stores)
      .set({ apiToken: sealed, apiTokenCheckedAt: sealed === null ? null : now })
      .where(eq(stores.id, store.id));
    const action = sealed === null ? "store.token_removed" : "store.token_saved";
    await audit(inner, { at: now, userId: caller.id, storeId: store.id, action });
  });
}
