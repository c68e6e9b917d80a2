import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { ownOfCity, setCityFields } from "@/lib/products/city-queries";
import {
  dearestPrice,
  lockProduct,
  type ProductRecord,
  setSellerFields,
} from "@/lib/products/queries";
import { dueNow } from "@/lib/repricing/check/due-now";
import { judgeLimitsChange } from "./manual-rules";

/** An absent limit stays as it is, `null` clears it. */
type Limits = {
  floor?: Tenge | null | undefined;
  ceiling?: Tenge | null | undefined;
  /** The person has seen that the floor is under half of the present price. */
  confirm?: boolean | undefined;
  /** For one of its cities alone: `null` clears to what the product has. */
  cityId?: string | null | undefined;
};

/**
 * Sets or clears the floor and ceiling a person typed, ₸, for all cities or for one. Throws `invalid`
 * when they cross, `confirmation_needed` when the floor is under half of the present price, `conflict`
 * for a city the product is not priced in.
 */
export async function setLimits(
  db: Tx,
  caller: Caller,
  productId: string,
  limits: Limits,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_price");
    const place = limits.cityId ? { productId, cityId: limits.cityId } : null;
    const standing = await limitsAt(tx, product, place);
    const { own } = standing;
    const floor = limits.floor === undefined ? own.floor : limits.floor;
    const ceiling = limits.ceiling === undefined ? own.ceiling : limits.ceiling;
    judge(
      standing,
      { ...limits, floor, ceiling },
      limits.floor === undefined ? "ceiling" : "floor",
    );
    if (place) await setCityFields(tx, place, { floor, ceiling });
    else await setSellerFields(tx, productId, { floor, ceiling }, now);
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.limits_changed",
      subjectId: productId,
      details: {
        before: { floor: own.floor, ceiling: own.ceiling },
        after: { floor, ceiling },
        ...(place && { cityId: place.cityId }),
      },
    });
  });
}

type Pair = { floor: Tenge | null; ceiling: Tenge | null };
type Standing = { own: Pair; inherited: Pair; current: Tenge | null };

const none: Pair = { floor: null, ceiling: null };

/** The limits that are set there, those that hold where they are not, and the price they are compared with. */
async function limitsAt(
  tx: Tx,
  product: ProductRecord,
  place: { productId: string; cityId: string } | null,
): Promise<Standing> {
  if (place === null)
    return { own: product, inherited: none, current: await dearestPrice(tx, product.id) };
  const own = await ownOfCity(tx, place);
  if (!own) throw new AppError("conflict", "city_not_priced");
  return { own, inherited: product, current: own.price };
}

function judge(
  { own, inherited, current }: Standing,
  typed: Pair & Pick<Limits, "confirm">,
  path: "floor" | "ceiling",
): void {
  const before = { floor: own.floor ?? inherited.floor };
  const after = {
    floor: typed.floor ?? inherited.floor,
    ceiling: typed.ceiling ?? inherited.ceiling,
  };
  const verdict = judgeLimitsChange(before, after, current);
  const params = { floor: after.floor ?? 0, ceiling: after.ceiling ?? 0, price: current ?? 0 };
  if (verdict.kind === "refuse")
    throw new AppError("invalid", verdict.key, {
      params,
      details: [{ path, message: verdict.key }],
    });
  if (verdict.kind === "confirm" && !typed.confirm)
    throw new AppError("confirmation_needed", verdict.key, { params });
}
