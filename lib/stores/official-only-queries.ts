import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import type { Db } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import { writableStore } from "./queries";

export const officialOnlySchema = z.object({ storeId: z.uuid(), officialOnly: z.boolean() });

/**
 * Allows nothing but Kaspi's official interface for the store, or everything again. Its jobs find
 * nothing to do, prices that waited say so, and every channel refuses (see `throughChannel`).
 */
export async function setStoreOfficialOnly(
  db: Db,
  caller: Caller,
  { storeId, officialOnly }: z.infer<typeof officialOnlySchema>,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await writableStore(tx, caller, storeId);
    const waiting = tx
      .select({ id: decisions.id })
      .from(decisions)
      .where(and(eq(decisions.storeId, storeId), eq(decisions.state, "pending")))
      .orderBy(asc(decisions.id))
      .for("update");
    await tx
      .update(decisions)
      .set({ stateReason: officialOnly ? "official_only" : null, notBefore: null })
      .where(inArray(decisions.id, waiting));
    const due = { nextSyncAt: sql`least(${stores.nextSyncAt}, ${now.toISOString()})` };
    await tx
      .update(stores)
      .set({ officialOnly, ...(!officialOnly && due) })
      .where(eq(stores.id, storeId));
    const action = officialOnly ? "store.official_only_on" : "store.official_only_off";
    await audit(tx, { at: now, userId: caller.id, storeId, action });
  });
}
