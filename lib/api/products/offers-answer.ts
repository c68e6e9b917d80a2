import { z } from "zod";
import type { Locale } from "@/lib/i18n/locales";
import type { Translator } from "@/lib/i18n/translator";
import { productAnswer, productJson } from "./product-answer";
import type { readOffers } from "./read-offers";

const offer = z.object({
  merchant_id: z.string(),
  merchant_name: z.string(),
  price: z.int().min(0),
  rating: z.number().nullable(),
  reviews: z.number().nullable(),
  delivery: z.enum(["express", "today", "tomorrow", "days_2", "days_5", "days_7"]).nullable(),
  preorder_days: z.number().describe("0: in stock"),
  is_own: z.boolean(),
});

export const offersAnswer = z.object({
  success: z.literal(true),
  product: productAnswer.nullable().describe("The caller's own product of this card, if any"),
  city_id: z.string(),
  data: z.array(offer).describe("The cheapest first"),
  total: z.int().min(0).describe("How many Kaspi says there are"),
  observed_at: z.iso.datetime(),
});

type Read = Awaited<ReturnType<typeof readOffers>>;

export function toOffersAnswer(
  { product, cityId, market, own }: Read,
  t: Translator,
  locale: Locale,
): z.input<typeof offersAnswer> {
  return {
    success: true,
    product: product && JSON.parse(productJson(product, t, locale)),
    city_id: cityId,
    data: market.offers.map((one) => ({
      merchant_id: one.merchantId,
      merchant_name: one.merchantName,
      price: one.price,
      rating: one.rating,
      reviews: one.reviews,
      delivery: one.delivery,
      preorder_days: one.preorderDays,
      is_own: own.has(one.merchantId),
    })),
    total: market.total,
    observed_at: market.observedAt.toISOString(),
  };
}
