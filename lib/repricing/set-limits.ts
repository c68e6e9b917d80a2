import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Db } from "@/lib/db/client";
import { lockProduct, setSellerFields, shownPrice } from "@/lib/products/queries";
import { dueNow } from "./due-now";
import { judgeLimitsChange } from "./manual-rules";

/** An absent limit stays as it is, `null` clears it. */
type Limits = {
  floor?: Tenge | null | undefined;
  ceiling?: Tenge | null | undefined;
  /** The person has seen that the floor is under half of the present price. */
  confirm?: boolean | undefined;
};

/**
 * Sets or clears the floor and ceiling a person typed, ₸. Throws `invalid` when they cross,
 * `confirmation_needed` when the floor is under half of the present price.
 */
export async function setLimits(
  db: Db,
  caller: Caller,
  productId: string,
  limits: Limits,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId);
    const floor = limits.floor === undefined ? product.floor : limits.floor;
    const ceiling = limits.ceiling === undefined ? product.ceiling : limits.ceiling;
    const current = await shownPrice(tx, productId);
    const verdict = judgeLimitsChange(product, { floor, ceiling }, current);
    const params = { floor: floor ?? 0, ceiling: ceiling ?? 0, price: current ?? 0 };
    if (verdict.kind === "refuse") {
      const path = limits.floor === undefined ? "ceiling" : "floor";
      throw new AppError("invalid", verdict.key, {
        params,
        details: [{ path, message: verdict.key }],
      });
    }
    if (verdict.kind === "confirm" && !limits.confirm)
      throw new AppError("confirmation_needed", verdict.key, { params });
    await setSellerFields(tx, productId, { floor, ceiling }, now);
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.limits_changed",
      subjectId: productId,
      details: {
        before: { floor: product.floor, ceiling: product.ceiling },
        after: { floor, ceiling },
      },
    });
  });
}
