import { and, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { kaspiAccounts } from "@/lib/db/schema/kaspi";

/** Kaspi wants this login's reads to stay away: the next slot of all processes is then. */
export async function postponeReads(tx: Tx, accountId: string, until: Date): Promise<void> {
  await tx
    .update(kaspiAccounts)
    .set({ nextReadSlotAt: sql`greatest(${kaspiAccounts.nextReadSlotAt}, ${until.toISOString()})` })
    .where(eq(kaspiAccounts.id, accountId));
}

/** When this login may read again, if that is after `from`; else null. */
export async function readsResumeAt(tx: Tx, accountId: string, from: Date): Promise<Date | null> {
  const [account] = await tx
    .select({ at: kaspiAccounts.nextReadSlotAt })
    .from(kaspiAccounts)
    .where(and(eq(kaspiAccounts.id, accountId), gt(kaspiAccounts.nextReadSlotAt, from)));
  return account?.at ?? null;
}
