import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { ownOfCity, setCityFields } from "@/lib/products/city-queries";
import { lockProduct, setSellerFields } from "@/lib/products/queries";
import { setStoreRule, writableStore } from "@/lib/stores/queries";
import { forgetRefused } from "./answer-queries";
import { countBots, makeStoreDue } from "./check-queries";
import { dueNow } from "./due-now";
import type { RuleOverride } from "./rule-model";
import { noteWideChange } from "./wide-change";

/**
 * Replaces what a product's rule has of its own, or what it has in one of its cities; an empty override
 * makes it the store's again, or the product's. Throws `conflict` for a city it is not priced in.
 */
export async function setProductRule(
  db: Tx,
  caller: Caller,
  productId: string,
  rule: RuleOverride,
  now: Date,
  cityId: string | null = null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const product = await lockProduct(tx, caller, productId);
    const place = cityId === null ? null : { productId, cityId };
    const own = place && (await ownOfCity(tx, place));
    if (place && !own) throw new AppError("conflict", "city_not_priced");
    if (place) await setCityFields(tx, place, { rule });
    else await setSellerFields(tx, productId, { rule }, now);
    await dueNow(tx, product, now);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId: product.storeId,
      action: "product.rule_changed",
      subjectId: productId,
      details: own
        ? { before: own.rule, after: rule, cityId }
        : { before: product.rule, after: rule },
    });
  });
}

/** Replaces the store's default rule; products take from it what they do not say themselves. */
export async function setDefaultRule(
  db: Tx,
  caller: Caller,
  storeId: string,
  rule: RuleOverride,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const store = await writableStore(tx, caller, storeId);
    await setStoreRule(tx, storeId, rule);
    const products = await countBots(tx, storeId);
    await noteWideChange(tx, { storeId, what: "store_rule", products, by: caller.id, now });
    await forgetRefused(tx, { storeId });
    await makeStoreDue(tx, storeId, now);
    await emit(tx, [events.repriceRequested.create({ storeId })]);
    await audit(tx, {
      at: now,
      userId: caller.id,
      storeId,
      action: "store.rule_changed",
      details: { before: store.rule, after: rule },
    });
  });
}
