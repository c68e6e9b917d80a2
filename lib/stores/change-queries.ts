import { eq } from "drizzle-orm";
import { forgetEmptyAccounts } from "@/lib/accounts/queries";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db, Tx } from "@/lib/db/client";
import { feeds } from "@/lib/db/schema/feeds";
import { stores } from "@/lib/db/schema/kaspi";
import { ownedStore, writableStore } from "./queries";
import { dropShares } from "./share-queries";

/** Our name for the store; an empty one brings Kaspi's back. */
export async function renameStore(
  tx: Tx,
  caller: Caller,
  { storeId, name }: { storeId: string; name: string },
  now: Date,
): Promise<void> {
  await tx.transaction(async (inner) => {
    const store = await writableStore(inner, caller, storeId);
    const kaspiName = store.kaspiName ?? store.name;
    const to = name || kaspiName;
    await inner.update(stores).set({ name: to, kaspiName }).where(eq(stores.id, storeId));
    const details = { from: store.name, to };
    await audit(inner, { at: now, userId: caller.id, storeId, action: "store.renamed", details });
  });
}

/** Our words about the store; null for none. */
export async function setStoreNote(
  db: Db,
  caller: Caller,
  { storeId, note }: { storeId: string; note: string | null },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    await tx.update(stores).set({ note }).where(eq(stores.id, storeId));
    const details = { from: store.note, to: note };
    await audit(tx, { at: now, userId: caller.id, storeId, action: "store.note_changed", details });
  });
}

/** Archives a store: its history stays, its jobs find nothing to do, and it is shared with nobody any more. */
export async function archiveStore(
  db: Db,
  caller: Caller,
  storeId: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await ownedStore(tx, caller, storeId);
    await tx
      .update(stores)
      .set({ archivedAt: now, isActive: false })
      .where(eq(stores.id, store.id));
    // What was fetched for it is its cabinet's: after connecting it again, its feed is turned on anew.
    await tx.update(feeds).set({ isOn: false }).where(eq(feeds.storeId, store.id));
    const sharedWith = await dropShares(tx, store.id);
    await forgetEmptyAccounts(tx, store.userId, now);
    const archived = { action: "store.archived", details: { sharedWith } } as const;
    await audit(tx, { at: now, userId: caller.id, storeId: store.id, ...archived });
  });
}
