import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { HIGHEST_PRICE, tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import { isCommonEra } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { findProduct } from "@/lib/products/queries";
import { setPriceByHand } from "@/lib/repricing/by-hand/set-price";
import { ruleOverrideSchema } from "@/lib/repricing/rule/rule-model";
import { setProductRule } from "@/lib/repricing/rule/set-rule";
import { readableStore } from "@/lib/stores/queries";
import { listOf, listQuery, pageOf, requirePage } from "../list-answer";
import { operation } from "../operation";
import { decisionAnswer, toDecisionAnswer } from "../products/history-answer";
import { countHistory, historyPage } from "../products/history-page-queries";
import { offersAnswer, toOffersAnswer } from "../products/offers-answer";
import { readOffers } from "../products/read-offers";
import { readRuleAnswer, ruleAnswer } from "../products/rule-answer";
import { storeStats } from "../products/stats-queries";
import { switchBots } from "../products/switch-bots";
import { idField } from "../request-fields";

const tag = "products";
const one = { tag, params: z.object({ id: z.uuid() }) };
const name = z.string().overwrite(storable).trim().min(1).max(100);
const city = z.string().regex(/^\d{1,12}$/, { error: "city_id" });

const offersByProduct = operation({
  id: "offersByProduct",
  waits: true,
  method: "POST",
  path: "/products/offers_by_product/",
  aliases: ["/kaspi/offers_by_product/"],
  tag,
  summary: "Who sells a card in a city now, asked of Kaspi",
  scope: "kaspi",
  body: z
    .strictObject({
      sku: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z]{1,50}$/, { error: "card_id" })
        .optional()
        .describe("The number of the card, not the seller's article"),
      product_id: idField.optional(),
      city_id: city.optional().describe("The product's main city, or Almaty, unless said"),
    })
    .refine(({ sku, product_id }) => (sku === undefined) !== (product_id === undefined), {
      error: "product_or_card",
    }),
  answers: { 200: offersAnswer },
  async handle({ caller, body, request, t }) {
    const { sku, product_id = "", city_id } = body;
    const question = sku === undefined ? { productId: product_id } : { card: sku };
    const read = await readOffers(kaspiAccess(), caller, question, city_id, request.signal);
    return { body: toOffersAnswer(read, t, caller.locale) };
  },
});

const updatePrice = operation({
  id: "updatePrice",
  method: "POST",
  path: "/products/update_price/",
  aliases: ["/kaspi/update_product_price/"],
  tag,
  summary: "Sets a price by hand: it goes through the same gate and budget as the bot's",
  scope: "write",
  body: z.strictObject({
    product_id: idField,
    price: z.int().min(0).max(HIGHEST_PRICE).transform(tenge),
    hold: z
      .boolean()
      .optional()
      .describe("Keep the bot from changing it until released; absent: as it was"),
    confirm: z.boolean().default(false).describe("It is known how large the change is"),
    city_id: city.optional().describe("The product's main city unless said"),
  }),
  answers: {
    202: z.object({
      success: z.literal(true),
      decision_id: z.uuid(),
      status: z.enum(["sent", "queued"]),
    }),
  },
  async handle({ caller, body }) {
    const { db, clock } = kaspiAccess();
    const { product_id, price, hold, confirm, city_id: cityId } = body;
    const hand = { price, hold, confirm, cityId };
    const decision_id = await setPriceByHand(db, caller, product_id, hand, clock());
    return { status: 202, body: { success: true, decision_id, status: "queued" } };
  },
});

const manyProducts = z.strictObject({
  store_id: idField,
  product_ids: z
    .array(z.union([name, z.int().min(0).transform(String)]))
    .min(1)
    .max(1_000)
    .describe("Ours or Kaspi's: offer, article or card"),
});

const batch = (id: string, path: string, enabled: boolean, summary: string) =>
  operation({
    ...{ id, path, summary, tag },
    method: "POST",
    scope: "write",
    body: manyProducts,
    answers: {
      200: z.object({
        success: z.literal(true),
        updated_count: z.int().min(0).describe("How many stand as was asked"),
        failed_ids: z.array(z.string()),
        failed: z.array(z.object({ id: z.string(), reason: z.string(), text: z.string() })),
        message: z.string(),
      }),
    },
    async handle({ caller, body, t }) {
      const asked = { storeId: body.store_id, names: body.product_ids, enabled };
      const { done, failed } = await switchBots(kaspiAccess(), caller, asked);
      const reasons = failed.map(({ id: of, why }) => {
        const text = why === "not_found" ? t("api.product_unknown") : t(`list.bulk.why.${why}`);
        return { id: of, reason: why, text };
      });
      const counts = { done, failed: failed.length };
      return {
        body: {
          success: true,
          updated_count: done,
          failed_ids: failed.map(({ id: of }) => of),
          failed: reasons,
          message: t(enabled ? "api.bots_on" : "api.bots_off", counts),
        },
      };
    },
  });

const getStrategy = operation({
  ...one,
  id: "getStrategy",
  method: "GET",
  path: "/products/{id}/strategy/",
  summary: "The rule a product is priced by, with the decision it would make now",
  scope: "read",
  answers: { 200: ruleAnswer },
  handle: async ({ caller, params, t }) => ({ body: await readRuleAnswer(caller, params.id, t) }),
});

const putStrategy = operation({
  ...one,
  id: "putStrategy",
  method: "PUT",
  path: "/products/{id}/strategy/",
  summary: "Replaces what a product's rule has of its own; what is absent is as in the store's",
  scope: "write",
  body: ruleOverrideSchema.extend({ confirm: z.boolean().optional() }),
  answers: { 200: ruleAnswer },
  async handle({ caller, params, body, t }) {
    const { db, clock } = kaspiAccess();
    const { confirm = false, ...rule } = body;
    await setProductRule(db, caller, params.id, rule, clock(), null, { confirm });
    return { body: await readRuleAnswer(caller, params.id, t) };
  },
});

const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], { error: "invalid" })
  .refine((said) => isCommonEra(new Date(said)), { error: "invalid" });

const priceHistory = operation({
  ...one,
  id: "priceHistory",
  method: "GET",
  path: "/products/{id}/price_history/",
  summary: "Every decision about a product: why, step by step, and what became of it",
  scope: "read",
  query: z.strictObject({
    page: listQuery([]).page,
    page_size: listQuery([]).page_size,
    from: moment.optional(),
    to: moment.optional(),
  }),
  answers: { 200: listOf(decisionAnswer) },
  async handle({ caller, params, query, request, t }) {
    const { db } = kaspiAccess();
    const { page, page_size } = query;
    const from = query.from === undefined ? undefined : new Date(query.from);
    const to = query.to === undefined ? undefined : endOf(query.to);
    if (from && to && from > to)
      throw new AppError("invalid", "invalid", {
        details: [{ path: "from", message: "range_reversed" }],
      });
    const { id: productId } = await findProduct(db, caller, params.id);
    const stretch = { productId, from, to };
    const count = await countHistory(db, stretch);
    requirePage(count, query);
    const entries = await historyPage(db, stretch, { page, page_size });
    const results = entries.map((entry) => toDecisionAnswer(entry, t, caller.locale));
    return { body: pageOf({ request, page, pageSize: page_size, count, results }) };
  },
});

/** A day is meant whole. */
const endOf = (said: string) =>
  new Date(said.length === "2026-01-31".length ? `${said}T23:59:59.999Z` : said);

const storeStatsOf = operation({
  id: "storeStats",
  method: "GET",
  path: "/products/store_stats/",
  tag,
  summary: "A store in numbers",
  scope: "read",
  query: z.strictObject({ store_id: idField }),
  answers: {
    200: z.object({
      total_products: z.int().min(0),
      active_bots: z.int().min(0),
      with_strategy: z.int().min(0).describe("With a strategy of their own"),
      with_limits: z.int().min(0).describe("With a typed floor or ceiling"),
      avg_price: z.int().min(0).nullable(),
      first_place: z.int().min(0),
      needs_attention: z.int().min(0),
    }),
  },
  async handle({ caller, query }) {
    const { db } = kaspiAccess();
    const { id } = await readableStore(db, caller, query.store_id);
    return { body: await storeStats(db, caller, id) };
  },
});

export const pricingOperations = [
  offersByProduct,
  updatePrice,
  batch("enableBots", "/products/batch_enable/", true, "Switches the bots of many products on"),
  batch("disableBots", "/products/batch_disable/", false, "Switches the bots of many products off"),
  getStrategy,
  putStrategy,
  priceHistory,
  storeStatsOf,
];
