import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { orderReads } from "@/lib/db/schema/orders";
import { workspace } from "@/lib/db/schema/workspace";

/** The token's next free call (protocol I); all processes share its pace. */
export async function takeCall(tx: Tx, storeId: string, now: Date): Promise<Date> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const gap = sql`(select make_interval(secs => 1 / ${workspace.shopCallsPerSecond}) from ${workspace})`;
  const [row] = await tx
    .insert(orderReads)
    .values({ storeId, source: "shop_api", nextReadAt: now, nextCallAt: sql`${at} + ${gap}` })
    .onConflictDoUpdate({
      target: [orderReads.storeId, orderReads.source],
      set: { nextCallAt: sql`greatest(coalesce(${orderReads.nextCallAt}, ${at}), ${at}) + ${gap}` },
    })
    .returning({ at: sql<string>`${orderReads.nextCallAt} - ${gap}` });
  return row ? new Date(row.at) : now;
}

/** Kaspi wants the token's calls to stay away until then. */
export async function postponeCalls(tx: Tx, storeId: string, until: Date): Promise<void> {
  await tx
    .update(orderReads)
    .set({ nextCallAt: sql`greatest(${orderReads.nextCallAt}, ${until.toISOString()})` })
    .where(and(eq(orderReads.storeId, storeId), eq(orderReads.source, "shop_api")));
}
