import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Db } from "@/lib/db/client";
import { lockProduct } from "./queries";
import type { ProductStocks } from "./stock-model";
import { saveStocks, stockByPoint } from "./stock-queries";

/**
 * Keeps the seller's own count of a product at points of its store; null: not kept here any more. Points
 * that are not named stay. Throws `not_found`, `forbidden`, and `invalid` for a point of another store.
 */
export async function setStocks(
  db: Db,
  caller: Caller,
  { productId, counts }: ProductStocks,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { storeId } = await lockProduct(tx, caller, productId, "change_price");
    const kept = new Map(
      (await stockByPoint(tx, productId)).map((one) => [one.pointId, one.count]),
    );
    if (counts.some(({ pointId }) => !kept.has(pointId)))
      throw new AppError("invalid", "point_unknown");
    const wanted = new Map(counts.map(({ pointId, count }) => [pointId, count]));
    const changed = [...wanted].filter(([pointId, count]) => kept.get(pointId) !== count);
    if (changed.length === 0) return;
    const rows = changed.map(([pointId, count]) => ({ productId, storeId, pointId, count }));
    await saveStocks(tx, rows, caller.id, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "product.stock_changed",
      subjectId: productId,
      details: {
        before: Object.fromEntries(
          changed.map(([pointId]) => [pointId, kept.get(pointId) ?? null]),
        ),
        after: Object.fromEntries(changed),
      },
    });
  });
}
