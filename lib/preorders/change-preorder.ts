import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { askPrice } from "./ask-price";
import { lockPreorder, setPreorder } from "./change-queries";
import { knownPoints } from "./create-preorders";
import type { PreorderChanges } from "./model";
import { want } from "./push-preorders";

/**
 * Changes an open preorder; one that was sent goes out again. Throws `not_found`, `forbidden`, `conflict` for
 * one that is over or about to be, `invalid`, and for a price as `setPriceByHand`.
 */
export async function changePreorder(
  db: Tx,
  caller: Caller,
  { id, confirm, ...changes }: PreorderChanges & { id: string; confirm: boolean },
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { product, preorder } = await lockPreorder(tx, caller, id);
    if (preorder.ending) throw new AppError("conflict", "preorder_ending");
    const { storeId } = preorder;
    const points = changes.points && (await knownPoints(tx, storeId, changes.points));
    const isAtKaspi = preorder.status !== "draft";
    const { price = preorder.price } = changes;
    const isNamed = changes.price !== undefined;
    if (isAtKaspi && isNamed)
      await askPrice(tx, caller, { product, price, priceTyped: true }, { confirm, now });
    const after = { ...changes, ...(points && { points }) };
    const isAsked = isAtKaspi && product.onSale;
    const typed = isNamed && { priceTyped: !isAsked };
    await setPreorder(tx, id, { ...after, ...typed }, now);
    const isRewritten = changes.leadDays !== undefined || points !== undefined;
    if (isAtKaspi && (isRewritten || (price !== preorder.price && !product.onSale))) {
      await want(tx, { id, status: "sent" }, now);
      await emit(tx, [events.preordersRequested.create({ storeId })]);
    }
    const { leadDays, points: had } = preorder;
    const details = { before: { leadDays, points: had, price: preorder.price }, after };
    const entry = { at: now, userId: caller.id, storeId, subjectId: product.id };
    await audit(tx, { ...entry, action: "product.preorder_changed", details });
  });
}
