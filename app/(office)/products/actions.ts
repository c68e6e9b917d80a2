"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetCounts } from "@/lib/products/counts-cache";
import { productCitiesSchema } from "@/lib/products/model";
import { setProductNote } from "@/lib/products/set-note";
import { setProductCities } from "@/lib/products/set-product-cities";
import { setStocks } from "@/lib/products/set-stocks";
import { productStocksSchema } from "@/lib/products/stock-model";
import { releaseManualLock, setBot } from "@/lib/repricing/by-hand/set-bot";
import { setLimits } from "@/lib/repricing/by-hand/set-limits";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { checkNow as checkProductNow } from "@/lib/repricing/check/check-now";
import type { Check } from "@/lib/repricing/check/check-products";
import { productCostsForm } from "@/lib/repricing/cost-floor/cost-form";
import { setCosts } from "@/lib/repricing/cost-floor/set-costs";
import { setFloorFromCost } from "@/lib/repricing/cost-floor/set-floor-from-cost";
import {
  confirmField,
  limitsForm,
  manualPriceForm,
  tengeField,
} from "@/lib/repricing/rule/form-model";
import { layTemplate } from "@/lib/repricing/rule/lay-template";
import { ruleForm } from "@/lib/repricing/rule/rule-form-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { cityIdField, noteField } from "@/lib/stores/model";

const product = z.object({ productId: z.uuid() });
/** A product in a city; none: in its leading one, or in all of them. */
const inCity = product.extend({ cityId: cityIdField.optional() });

export const saveLimits = action(
  inCity.extend(limitsForm.shape),
  async (caller, { productId, ...limits }) => {
    const { db, clock } = kaspiAccess();
    await setLimits(db, caller, productId, limits, clock());
    forgetCounts(caller);
    revalidatePath(`/products/${productId}`);
  },
);

export const saveCost = action(
  product.extend({ cost: tengeField, confirm: confirmField }),
  async (caller, { productId, cost, confirm }) => {
    const { db, clock } = kaspiAccess();
    await setCosts(db, caller, productId, { costs: { cost }, confirm }, clock());
    forgetCounts(caller);
    revalidatePath(`/products/${productId}`);
  },
);

export const saveCosts = action(productCostsForm, async (caller, { productId, costs, confirm }) => {
  const { db, clock } = kaspiAccess();
  await setCosts(db, caller, productId, { costs, confirm }, clock());
  forgetCounts(caller);
  revalidatePath(`/products/${productId}`);
});

export const saveFromCost = action(
  product.extend({ on: z.boolean(), confirm: confirmField }),
  async (caller, { productId, ...said }) => {
    const { db, clock } = kaspiAccess();
    await setFloorFromCost(db, caller, productId, said, clock());
    forgetCounts(caller);
    revalidatePath(`/products/${productId}`);
  },
);

export const switchBot = action(
  product.extend({ enabled: z.boolean() }),
  async (caller, { productId, enabled }) => {
    const { db, clock } = kaspiAccess();
    await setBot(db, caller, productId, enabled, clock());
    forgetCounts(caller);
    revalidatePath(`/products/${productId}`);
  },
);

export const setPrice = action(
  inCity.extend({ ...manualPriceForm.shape, hold: z.boolean() }),
  async (caller, { productId, ...hand }) => {
    const { db, clock } = kaspiAccess();
    const decisionId = await setPriceByHand(db, caller, productId, hand, clock());
    revalidatePath(`/products/${productId}`);
    return { decisionId };
  },
);

export const releaseLock = action(inCity, async (caller, { productId, cityId }) => {
  const { db, clock } = kaspiAccess();
  await releaseManualLock(db, caller, productId, clock(), cityId);
  revalidatePath(`/products/${productId}`);
});

export const saveRule = action(
  inCity.extend({ rule: ruleForm, confirm: confirmField }),
  async (caller, { productId, cityId, rule, confirm }) => {
    const { db, clock } = kaspiAccess();
    await setProductRule(db, caller, productId, rule, clock(), cityId, { confirm });
    forgetCounts(caller);
    revalidatePath(`/products/${productId}`);
  },
);

export const aimAtFirst = action(inCity, async (caller, { productId, cityId }) => {
  const { db, clock } = kaspiAccess();
  await layTemplate(db, caller, { productId, cityId: cityId ?? null, template: "first" }, clock());
  forgetCounts(caller);
  revalidatePath(`/products/${productId}`);
});

export const saveCities = action(productCitiesSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setProductCities(db, caller, input, clock());
  forgetCounts(caller);
  revalidatePath(`/products/${input.productId}`);
});

export const saveNote = action(product.extend({ note: noteField }), async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setProductNote(db, caller, input, clock());
  revalidatePath(`/products/${input.productId}`);
});

export const saveStocks = action(productStocksSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStocks(db, caller, input, clock());
  revalidatePath(`/products/${input.productId}`);
});

export const checkNow = action(inCity, async (caller, { productId, cityId }) => {
  const check = await checkProductNow(kaspiAccess(), caller, productId, cityId ?? null);
  revalidatePath(`/products/${productId}`);
  return { market: marketWord(check) };
});

/** Read, asked for in vain, or not asked for because the store is not at work. */
function marketWord(check: Check | null): "done" | "unread" | "resting" {
  if (!check) return "resting";
  return check.input.market.kind === "seen" ? "done" : "unread";
}
