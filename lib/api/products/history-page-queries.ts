import { and, count, desc, eq, gte, lte } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { decisions } from "@/lib/db/schema/repricing";
import { users } from "@/lib/db/schema/workspace";
import { decisionColumns } from "@/lib/repricing/ledger/history-queries";

type Stretch = { productId: string; from: Date | undefined; to: Date | undefined };

const within = ({ productId, from, to }: Stretch) =>
  and(
    eq(decisions.productId, productId),
    from && gte(decisions.decidedAt, from),
    to && lte(decisions.decidedAt, to),
  );

/** The decisions of a product that the caller is known to see, the newest first. */
export function historyPage(
  tx: Tx,
  stretch: Stretch,
  { page, page_size }: { page: number; page_size: number },
) {
  return tx
    .select({ ...decisionColumns, cityId: decisions.cityId })
    .from(decisions)
    .leftJoin(users, eq(users.id, decisions.actorId))
    .where(within(stretch))
    .orderBy(desc(decisions.decidedAt), desc(decisions.seq))
    .limit(page_size)
    .offset((page - 1) * page_size);
}

export async function countHistory(tx: Tx, stretch: Stretch): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(decisions).where(within(stretch));
  return row?.count ?? 0;
}
