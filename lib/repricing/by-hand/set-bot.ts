import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { raiseCityAnchors, setStanding } from "@/lib/products/city-queries";
import { lockProduct, setSellerFields, shownPrice } from "@/lib/products/queries";
import { ruleOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { dueNow } from "@/lib/repricing/check/due-now";
import { storeRule } from "@/lib/stores/queries";
import { anchorWhenSwitchedOn, judgeBotSwitch } from "./manual-rules";

/**
 * Switches a product's bot. On needs a floor: without one the bot would have nothing to stop at.
 * Throws `invalid` then.
 */
export async function setBot(
  db: Tx,
  caller: Caller,
  productId: string,
  enabled: boolean,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_price");
    if (product.botEnabled === enabled) return;
    // As the list shows it: what holds in the city it is shown by.
    const here = (await subjectOf(tx, productId, now)) ?? product;
    const { floor } = ruleOf(await storeRule(tx, product.storeId), here).rule;
    const verdict = judgeBotSwitch(enabled, floor);
    if (verdict.kind === "refuse") throw new AppError("invalid", verdict.key);
    const anchor = enabled
      ? anchorWhenSwitchedOn(product.anchor, await shownPrice(tx, productId))
      : product.anchor;
    await setSellerFields(tx, productId, { botEnabled: enabled, anchor }, now);
    if (enabled) await raiseCityAnchors(tx, [productId]);
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: enabled ? "product.bot_on" : "product.bot_off",
      subjectId: productId,
    });
  });
}

/** Lets the bot change again a price that was set by hand and held in a city, or in the leading one. */
export async function releaseManualLock(
  db: Tx,
  caller: Caller,
  productId: string,
  now: Date,
  cityId: string | null = null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId, "change_price");
    const isLead = cityId === null || cityId === product.leadCityId;
    await setStanding(tx, { productId, cityId: cityId ?? "", isLead }, { manualLock: false });
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.lock_released",
      subjectId: productId,
      ...(!isLead && { details: { cityId } }),
    });
  });
}
