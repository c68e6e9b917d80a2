import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
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
  /** What it asks for, and what it is instead of, whole tenge. */
  price: number | null;
  priceBefore: number | null;
};

type Waiting = Pick<TellingAbout, "decisionId" | "price" | "priceBefore">;
const nothing: Waiting = { decisionId: null, price: null, priceBefore: null };

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
  const waiting = asked ? await frozenNow(tx, caller, asked) : nothing;
  return { kind, taskId: word("task"), productId, ...waiting };
}

async function frozenNow(
  tx: Tx,
  caller: Caller,
  { productId, cityId }: { productId: string; cityId: string },
): Promise<Waiting> {
  const [frozen] = await tx
    .select({
      decisionId: decisions.id,
      price: decisions.price,
      priceBefore: decisions.priceBefore,
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        eq(decisions.productId, productId),
        sql`${decisions.cityId} = ${cityId}`,
        eq(decisions.state, "frozen"),
        isNotNull(decisions.price),
        mayRead(caller, "view_product"),
      ),
    )
    .orderBy(desc(decisions.seq))
    .limit(1);
  return frozen ?? nothing;
}
