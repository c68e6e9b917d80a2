import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { HIGHEST_PRICE } from "@/lib/core/money";
import { kaspiAccess } from "@/lib/exits/access";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";

import { defaultRule } from "@/lib/repricing/rule/default-rule-model";
import { readRule } from "@/lib/repricing/rule/read-rule";
import { amountSchema, strategySchema } from "@/lib/repricing/rule/rule-model";
import { keptDecisionText } from "./decision-texts";
import { type ProductRecord, productById } from "./product-queries";

const text = z.string().nullable();
const price = z.int().min(0).max(HIGHEST_PRICE).nullable();
const count = z.int().min(0).nullable();
const moment = z.iso.datetime();

/** A product as programs see it; prices are whole tenge, times UTC. */
export const productAnswer = z
  .object({
    id: z.uuid(),
    store_id: z.uuid(),
    kaspi_product_id: text.describe("Kaspi's own id of the offer"),
    kaspi_sku: z.string().describe("The seller's article"),
    external_kaspi_id: text.describe("The public card"),
    name: z.string(),
    brand: text,
    category: text,
    image_url: text,
    price: price.describe("What buyers pay, as last read"),
    min_price: price.describe("The typed floor of all cities"),
    max_price: price.describe("The typed ceiling of all cities"),
    cost: price,
    strategy: strategySchema,
    step: amountSchema,
    bot_active: z.boolean(),
    place: count.describe("1 is the cheapest; null: not read"),
    rivals_count: count,
    best_rival_price: price,
    last_check_time: moment.nullable(),
    next_check_time: moment.nullable(),
    last_decision: z
      .object({
        kind: z.string(),
        reason: z.string(),
        text: z.string().describe("In the caller's language"),
        price,
        at: moment,
        state: z.string(),
      })
      .nullable(),
    on_sale: z.boolean(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "Product" });
/** What is worked out of a row, not read from it. Thousands of products have few different rules: each is read once. */
const workedOut = productAnswer.pick({ strategy: true, step: true, last_decision: true });

/** The row in the words of the contract, as JSON. */
export function productJson(row: ProductRecord, t: Translator, locale: Locale): string {
  const rule = { ...defaultRule, ...readRule(row.storeRule).data, ...readRule(row.rule).data };
  const { decision } = row;
  const more: z.input<typeof workedOut> = {
    strategy: rule.strategy,
    step: rule.step,
    last_decision: decision && {
      kind: decision.kind,
      reason: decision.reason,
      text: keptDecisionText(t, locale, decision),
      price: decision.price,
      at: decision.decidedAt.toISOString(),
      state: decision.state,
    },
  };
  return `${row.told.slice(0, -1)}, ${JSON.stringify(more).slice(1)}`;
}

/** Throws `not_found` for what the caller may not see. */
export async function readProduct(caller: Caller, id: string, t: Translator): Promise<string> {
  const row = await productById(kaspiAccess().db, caller, id);
  if (!row) throw new AppError("not_found", "product_not_found");
  return productJson(row, t, caller.locale);
}
