import { and, eq, isNull, sql } from "drizzle-orm";
import { type AuditEntry, audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";

const columns = {
  id: orders.id,
  storeId: orders.storeId,
  code: orders.code,
  kaspiId: orders.kaspiId,
  state: orders.state,
  status: orders.status,
  tab: orders.tab,
};

/** An order as far as changing it goes. */
export type ChangeableOrder = Pick<
  typeof orders.$inferSelect,
  "id" | "storeId" | "code" | "kaspiId" | "state" | "status" | "tab"
>;

/** An order the caller may change. Throws `not_found`, `forbidden`. */
export async function changeableOrder(
  tx: Tx,
  caller: Caller,
  id: string,
): Promise<ChangeableOrder> {
  const [row] = await tx
    .select({ ...columns, isPermitted: isPermitted(caller, "change_order") })
    .from(orders)
    .innerJoin(stores, eq(stores.id, orders.storeId))
    .where(and(eq(orders.id, id), isNull(stores.archivedAt), mayRead(caller, "view_order")));
  const { isPermitted: _, ...order } = permitted(row, "change_order", "order_not_found");
  return order;
}

/**
 * A change is about to leave: until Kaspi has said what came of it nobody knows. Throws `conflict`
 * (`order_moved`) for an order that is not in this state any more.
 */
export async function markUnsure(db: Db, order: ChangeableOrder, entry: AuditEntry): Promise<void> {
  await db.transaction(async (tx) => {
    const { id, state, status } = order;
    const marked = await tx
      .update(orders)
      .set({ unsureSince: entry.at })
      .where(and(eq(orders.id, id), eq(orders.state, state), eq(orders.status, status)))
      .returning({ id: orders.id });
    if (marked.length === 0) throw new AppError("conflict", "order_moved");
    await audit(tx, entry);
  });
}

/** Kaspi has answered: it is known what came of the change. */
export async function markSure(tx: Tx, id: string): Promise<void> {
  await tx
    .update(orders)
    .set({ unsureSince: null })
    .where(and(eq(orders.id, id), sql`${orders.unsureSince} is not null`));
}
