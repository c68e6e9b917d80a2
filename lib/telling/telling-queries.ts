import { and, desc, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import { tellings } from "@/lib/db/schema/telegram";

export type TellingAbout = {
  kind: string;
  taskId: string | null;
  productId: string | null;
  /** The frozen price that waits now. */
  decisionId: string | null;
};

/** What the caller was told, and what of it stands now; null for somebody else's. */
export async function tellingOf(
  tx: Tx,
  caller: Caller,
  tellingId: string,
): Promise<TellingAbout | null> {
  const [told] = await tx
    .select({ kind: tellings.kind, params: tellings.params })
    .from(tellings)
    .where(and(eq(tellings.id, tellingId), eq(tellings.userId, caller.id)));
  if (!told) return null;
  const { kind, params } = told;
  const word = (name: string) => (params[name] === undefined ? null : String(params[name]));
  const productId = word("product_id");
  const asked = productId && { productId, cityId: word("city") ?? "" };
  const decisionId = asked ? await frozenNow(tx, caller, asked) : null;
  return { kind, taskId: word("task"), productId, decisionId };
}

async function frozenNow(
  tx: Tx,
  caller: Caller,
  { productId, cityId }: { productId: string; cityId: string },
): Promise<string | null> {
  const [frozen] = await tx
    .select({ id: decisions.id })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        eq(decisions.productId, productId),
        sql`${decisions.cityId} = ${cityId}`,
        eq(decisions.state, "frozen"),
        mayRead(caller, "view_product"),
      ),
    )
    .orderBy(desc(decisions.seq))
    .limit(1);
  return frozen?.id ?? null;
}
