import { and, asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayWrite } from "@/lib/auth/permissions";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";

/** A price that waits for a person by itself. */
export type FrozenQuestion = Pick<
  DecisionRow,
  "id" | "storeId" | "productId" | "cityId" | "priceBefore"
> & { price: Tenge };

/** Those of the decisions that wait for this person's word, locked: nobody replaces them meanwhile. */
export async function lockFrozen(
  tx: Tx,
  caller: Caller,
  decisionIds: string[],
): Promise<FrozenQuestion[]> {
  if (decisionIds.length === 0) return [];
  const rows = await tx
    .select({
      id: decisions.id,
      storeId: decisions.storeId,
      productId: decisions.productId,
      cityId: decisions.cityId,
      priceBefore: decisions.priceBefore,
      price: decisions.price,
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        inArray(decisions.id, decisionIds),
        eq(decisions.state, "frozen"),
        isNotNull(decisions.price),
        mayWrite(caller, "approve_decision"),
        isNull(stores.archivedAt),
      ),
    )
    .orderBy(asc(decisions.id))
    .for("update", { of: decisions });
  return rows.flatMap(({ price, ...row }) => (price === null ? [] : [{ ...row, price }]));
}

/** Call it with the decisions locked. */
export async function moveFrozen(
  tx: Tx,
  ids: string[],
  to: Pick<DecisionRow, "state" | "stateReason">,
): Promise<void> {
  if (ids.length > 0) await tx.update(decisions).set(to).where(inArray(decisions.id, ids));
}
