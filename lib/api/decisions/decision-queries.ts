import { and, eq, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";

/** The product a decision is about. Throws `not_found` for what the caller may not see. */
export async function productOfDecision(
  tx: Tx,
  caller: Caller,
  decisionId: string,
): Promise<string> {
  const [decision] = await tx
    .select({ productId: decisions.productId })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(eq(decisions.id, decisionId), mayRead(caller, "view_product"), isNull(stores.archivedAt)),
    );
  if (!decision) throw new AppError("not_found");
  return decision.productId;
}
