import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Db } from "@/lib/db/client";
import { lockProduct, setSellerFields, shownPrice } from "./queries";
import { floorNeedsConfirmation } from "./rules";

type Limits = {
  floor?: Tenge | null | undefined;
  ceiling?: Tenge | null | undefined;
  confirmed?: boolean | undefined;
};

/**
 * Sets or clears the typed floor and ceiling of a product. Throws `invalid` when the floor is above
 * the ceiling, `confirmation_needed` when the floor is under half of the present price.
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
    if (floor !== null && ceiling !== null && floor > ceiling)
      throw floorAboveCeiling(limits, floor, ceiling);
    if (floor !== null && floor !== product.floor && !limits.confirmed) {
      const price = await shownPrice(tx, productId);
      if (price !== null && floorNeedsConfirmation(floor, price))
        throw new AppError("confirmation_needed", "floor_far_below_price", {
          params: { floor, price },
        });
    }
    await setSellerFields(tx, productId, { floor, ceiling }, now);
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

function floorAboveCeiling(limits: Limits, floor: Tenge, ceiling: Tenge): AppError {
  const path = limits.floor === undefined ? "ceiling" : "floor";
  return new AppError("invalid", "floor_above_ceiling", {
    params: { floor, ceiling },
    details: [{ path, message: "floor_above_ceiling" }],
  });
}
