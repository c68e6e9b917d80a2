import { and, eq, isNull, sql } from "drizzle-orm";
import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { isPermitted, mayRead, permitted } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import type { Db, Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { orders } from "@/lib/db/schema/orders";
import type { OrderChangeForm } from "./form-model";

const columns = {
  id: orders.id,
  storeId: orders.storeId,
  code: orders.code,
  kaspiId: orders.kaspiId,
  state: orders.state,
  status: orders.status,
  tab: orders.tab,
  orderedAt: orders.orderedAt,
};

/** An order as far as changing it goes. */
export type ChangeableOrder = Pick<
  typeof orders.$inferSelect,
  "id" | "storeId" | "code" | "kaspiId" | "state" | "status" | "tab" | "orderedAt"
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

/** A change that a person asked for. */
export type Asked = { order: ChangeableOrder; userId: string; change: OrderChangeForm["change"] };

const entryOf = ({ order, userId }: Asked, at: Date) => ({
  ...{ at, userId, storeId: order.storeId, subjectId: order.id },
});

/**
 * A change is about to leave: until Kaspi has said what came of it nobody knows. Throws `conflict`
 * (`order_moved`) for an order that is not in this state any more.
 */
export async function markUnsure(db: Db, asked: Asked, at: Date): Promise<void> {
  const { id, state, status, code } = asked.order;
  const { kind, ...said } = asked.change;
  await db.transaction(async (tx) => {
    const marked = await tx
      .update(orders)
      .set({ unsureSince: at })
      .where(and(eq(orders.id, id), eq(orders.state, state), eq(orders.status, status)))
      .returning({ id: orders.id });
    if (marked.length === 0) throw new AppError("conflict", "order_moved");
    await audit(tx, {
      ...entryOf(asked, at),
      action: `order.${kind}`,
      // The code is the buyer's, and of no use to anybody later.
      details: { order: code, ...(kind !== "complete" && said) },
    });
  });
}

/** Kaspi has taken the change. What the order is now it has not shown yet. */
export async function markDone(tx: Tx, asked: Asked, at: Date): Promise<void> {
  const details = { order: asked.order.code, change: asked.change.kind };
  await audit(tx, { ...entryOf(asked, at), action: "order.done", details });
}

/** Kaspi has refused it, or was never asked: the order is as it was. */
export async function markRefused(db: Db, asked: Asked, key: string, at: Date): Promise<void> {
  const { id, code } = asked.order;
  await db.transaction(async (tx) => {
    await tx
      .update(orders)
      .set({ unsureSince: null })
      .where(and(eq(orders.id, id), sql`${orders.unsureSince} is not null`));
    const details = { order: code, change: asked.change.kind, reason: key };
    await audit(tx, { ...entryOf(asked, at), action: "order.refused", details });
  });
}

/** Nobody knows whether it has arrived. */
export async function markUnknown(tx: Tx, asked: Asked, at: Date): Promise<void> {
  const details = { order: asked.order.code, change: asked.change.kind };
  await audit(tx, { ...entryOf(asked, at), action: "order.unsure", details });
}
