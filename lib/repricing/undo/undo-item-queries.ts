import { and, asc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { decisions, pricingRuns } from "@/lib/db/schema/repricing";
import { undoItems } from "@/lib/db/schema/safety";
import type { DecisionRow } from "@/lib/repricing/check/check-queries";

/** A change that an undo was for: what became of it by now. */
export type UndoItem = {
  undoneId: string;
  productId: string;
  cityId: string;
  sku: string;
  name: string;
  /** The price that was undone, and the one before it. */
  price: DecisionRow["price"];
  priceBefore: DecisionRow["priceBefore"];
  outcome: "back" | "withdrawn" | "skipped";
  /** An `UndoWhy`, or what the gate or Kaspi had against it. */
  why: string | null;
  /** The decision that puts it back. */
  decisionId: string | null;
  state: DecisionRow["state"] | null;
};

/** The changes an undo was for, in the order of the ledger. One that did not get through counts as skipped. */
export async function undoItemsOf(tx: Tx, caller: Caller, undoRunId: string): Promise<UndoItem[]> {
  const undone = alias(decisions, "undone");
  const rows = await tx
    .select({
      undoneId: undoItems.undoneId,
      productId: undoItems.productId,
      cityId: undoItems.cityId,
      sku: products.sku,
      name: products.name,
      price: undone.price,
      priceBefore: undone.priceBefore,
      outcome: undoItems.outcome,
      why: undoItems.why,
      decisionId: undoItems.decisionId,
      state: decisions.state,
      stateReason: decisions.stateReason,
    })
    .from(undoItems)
    .innerJoin(pricingRuns, eq(pricingRuns.id, undoItems.runId))
    .innerJoin(stores, eq(stores.id, pricingRuns.storeId))
    .innerJoin(products, eq(products.id, undoItems.productId))
    .leftJoin(undone, eq(undone.id, undoItems.undoneId))
    .leftJoin(decisions, eq(decisions.id, undoItems.decisionId))
    .where(
      and(
        eq(undoItems.runId, undoRunId),
        mayRead(caller, "view_product"),
        isNull(stores.archivedAt),
      ),
    )
    .orderBy(asc(undone.seq));
  return rows.map(({ stateReason, ...row }) => {
    const lost = row.state !== null && gaveWay.has(row.state) && stateReason !== "nothing_to_send";
    return lost ? { ...row, outcome: "skipped", why: stateReason } : row;
  });
}

const gaveWay: ReadonlySet<string> = new Set(["refused", "rejected", "expired", "superseded"]);
