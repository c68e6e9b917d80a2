import { z } from "zod";
import { DAY, HOUR, SECOND } from "@/lib/core/time";
import { ALMATY, isCity } from "@/lib/kaspi-twin/cities";
import { float, floatJson } from "@/lib/kaspi-twin/float-json";
import {
  type Answer,
  empty,
  html,
  isJson,
  json,
  jsonText,
  looksLikeABrowser,
  parsed,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import type { Listing } from "@/lib/kaspi-twin/listing";
import type { Visit } from "@/lib/kaspi-twin/visit";
import { storefrontDate } from "@/lib/kaspi-twin/wire-dates";
import type { World } from "@/lib/kaspi-twin/world";

const MOST_ROWS = 64;

const body = z.looseObject({
  cityId: z.string().optional(),
  merchantUID: z.union([z.string(), z.array(z.string())]).optional(),
  limit: z.int().min(1).max(MOST_ROWS).optional(),
  page: z.int().min(0).optional(),
  deliveryFilter: z.enum(["TOMORROW", "EXPRESS"]).nullable().optional(),
});

type Query = z.infer<typeof body>;

/** `POST /yml/offer-view/offers/{masterSku}`: who sells the card in a city, cheapest first. */
export function storefrontOffers(world: World, request: TwinRequest, cardId: string): Answer {
  const now = world.clock.now();
  const { offersPerSecond: most, offersBan: ban } = world.limits;
  if (world.offersLimit.refuses(request.ip, now, { most, window: SECOND, ban })) {
    return html("<html><body>403 Forbidden</body></html>", 403);
  }
  const foreign = world.faults.strikes("storefront_405", { endpoint: "offers" });
  if (foreign || request.method !== "POST") return springError(now, cardId, 405);
  if (!looksLikeABrowser(request)) return empty(429);
  if (!isJson(request)) return empty(415);
  const query = body.safeParse(parsed(request.body));
  if (!query.success) return springError(now, cardId, 400);
  const card = world.catalogue.find(cardId);
  if (!card) return json({ offers: [], total: 0, offersCount: 0 });

  const cityId = isCity(query.data.cityId ?? "") ? (query.data.cityId ?? ALMATY) : ALMATY;
  const found = filtered(world.market.listings(card, cityId), query.data);
  const { limit = 5, page = 0 } = query.data;
  const offers = found
    .slice(page * limit, (page + 1) * limit)
    .map((one) => storefrontOffer(one, { cardId, category: card.kind.category, now }));
  const answer = { offers, total: found.length, offersCount: found.length };
  return jsonText(floatJson({ ...answer, pcmResponsePresent: false }));
}

/** `GET /offers/api/v1/price/lowest`: the card's lowest price in Almaty. */
export function lowestPriceOf({ world, request }: Visit): Answer {
  const card = world.catalogue.find(request.query.get("s") ?? "");
  const lowest = card && world.market.listings(card, ALMATY)[0];
  return lowest ? jsonText(floatJson({ price: float(lowest.price) })) : empty(404);
}

function filtered(listings: Listing[], { merchantUID = [], deliveryFilter }: Query): Listing[] {
  const wanted = typeof merchantUID === "string" ? [merchantUID].filter(Boolean) : merchantUID;
  const fast: Listing["delivery"][] =
    deliveryFilter === "EXPRESS" ? ["EXPRESS"] : ["EXPRESS", "TODAY", "TOMORROW"];
  return listings.filter(
    (one) =>
      (wanted.length === 0 || wanted.includes(one.merchantId)) &&
      (!deliveryFilter || fast.includes(one.delivery)),
  );
}

const deliveryDays: Record<Listing["delivery"], number> = {
  EXPRESS: 0.1,
  TODAY: 0.4,
  TOMORROW: 1,
  TILL_2_DAYS: 2,
  TILL_5_DAYS: 4,
  TILL_7_DAYS: 6,
};

function storefrontOffer(
  one: Listing,
  { cardId, category, now }: { cardId: string; category: string; now: number },
) {
  const hour = Math.floor(now / HOUR) * HOUR;
  const available = hour + one.preorder * DAY;
  const arrives = hour + Math.max(deliveryDays[one.delivery], one.preorder) * DAY;
  return {
    masterSku: cardId,
    masterCategory: `Master - ${category}`,
    merchantId: one.merchantId,
    merchantName: one.merchantName,
    merchantSku: one.merchantSku,
    ...(one.reviews === undefined ? {} : { merchantReviewsQuantity: one.reviews }),
    ...(one.rating === undefined ? {} : { merchantRating: ratingOf(one.rating) }),
    title: one.title,
    price: float(one.price),
    delivery: storefrontDate(arrives),
    deliveryMovedBySlot: false,
    kdPickupDate: storefrontDate(available + 2 * HOUR),
    availabilityDate: storefrontDate(available),
    ...(one.kaspiDelivery ? {} : { pickup: storefrontDate(arrives + HOUR) }),
    kaspiDelivery: one.kaspiDelivery,
    kdPoints: [one.pointId],
    ...(one.kaspiDelivery ? {} : { pointsWithAvailability: [one.pointId] }),
    preorder: one.preorder,
    locatedInPoint: one.pointId,
    deliveryType: one.delivery === "EXPRESS" ? "EXPRESS" : "TO_DOOR",
    deliveryDuration: one.delivery,
    postomat: storefrontDate(arrives + DAY),
  };
}

function ratingOf(rating: number | null): string | null {
  return rating === null ? null : float(rating);
}

function springError(now: number, cardId: string, status: 400 | 405): Answer {
  const error = status === 405 ? "Method Not Allowed" : "Bad Request";
  return json({ timestamp: storefrontDate(now), status, error, path: `/offers/${cardId}` }, status);
}
