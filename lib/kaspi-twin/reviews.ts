import { z } from "zod";
import { SECOND } from "@/lib/core/time";
import type { Endpoint } from "@/lib/kaspi-twin/endpoints";
import {
  type Answer,
  empty,
  html,
  json,
  looksLikeABrowser,
  type TwinRequest,
} from "@/lib/kaspi-twin/http";
import type { TwinReview } from "@/lib/kaspi-twin/review-book";
import { localDate } from "@/lib/kaspi-twin/wire-dates";
import type { World } from "@/lib/kaspi-twin/world";

const query = z.object({
  filter: z.enum(["ALL", "COMMENT", "PICTURE", "POSITIVE", "NEGATIVE"]).default("ALL"),
  sort: z.enum(["POPULARITY", "DATE"]).default("POPULARITY"),
  limit: z.coerce.number().int().min(1).max(1_000).default(9),
  page: z.coerce.number().int().min(0).default(0),
  withAgg: z.enum(["true", "false"]).default("false"),
  days: z.coerce.number().int().min(1).default(90),
});

type Query = z.infer<typeof query>;
type Filter = Query["filter"];

/** `GET …/reviews/product/{masterSku}`: what buyers say about a card. */
export function cardReviews(world: World, request: TwinRequest, cardId: string): Answer {
  return answered(world, request, "card_reviews", () => {
    const card = world.catalogue.find(cardId);
    return card ? world.reviews.ofCard(card) : [];
  });
}

/** `GET …/reviews/merchant/{uid}`: what they say about a shop, over all its cards. */
export function shopReviews(world: World, request: TwinRequest, uid: string): Answer {
  return answered(world, request, "shop_reviews", ({ days }) => world.reviews.ofShop(uid, days));
}

function answered(
  world: World,
  request: TwinRequest,
  endpoint: Endpoint,
  find: (asked: Query) => TwinReview[],
): Answer {
  const now = world.clock.now();
  const { offersPerSecond: most, offersBan: ban } = world.limits;
  if (world.offersLimit.refuses(request.ip, now, { most, window: SECOND, ban })) {
    return html("<html><body>403 Forbidden</body></html>", 403);
  }
  if (!looksLikeABrowser(request)) return empty(429);
  const asked = query.safeParse(Object.fromEntries(request.query));
  if (!asked.success) return empty(400);
  return refusalOf(world, endpoint, asked.data) ?? page(world, endpoint, asked.data, find);
}

function refusalOf({ faults }: World, endpoint: Endpoint, { page: at, limit }: Query) {
  const refused = faults.strikes("reviews_refused", { endpoint, page: at });
  if (refused) return empty(refused.status ?? 405);
  const small = faults.strikes("reviews_small_pages", { endpoint });
  return small && limit > (small.by ?? 10) ? empty(400) : null;
}

function page(
  world: World,
  endpoint: Endpoint,
  asked: Query,
  find: (asked: Query) => TwinReview[],
): Answer {
  const { faults } = world;
  const { limit, withAgg } = asked;
  const all = find(asked);
  const nth = faults.strikes("reviews_repeat_page", { endpoint }) ? 0 : asked.page;
  const chosen = all.filter((one) => fits[asked.filter](one));
  const ordered = asked.sort === "DATE" ? chosen : popularFirst(chosen);
  const isEndless = faults.strikes("reviews_endless", { endpoint });
  const isEmpty = faults.strikes("reviews_empty_page", { endpoint, page: nth });
  const rows = isEndless
    ? invented(all, nth, limit)
    : ordered.slice(nth * limit, isEmpty ? 0 : (nth + 1) * limit);
  const hasOddDates = faults.strikes("reviews_odd_dates", { endpoint });
  const data: unknown[] = rows.map((one, row) =>
    wireReview(world, hasOddDates && row % 3 === 0 ? { ...one, oddDate: odd(row) } : one),
  );
  if (data.length > 1 && faults.strikes("reviews_bad_row", { endpoint }))
    data.splice(1, 1, "нет отзыва");
  const off = faults.strikes("reviews_wrong_total", { endpoint });
  return json({ data, ...(withAgg === "true" && counted(all, off ? (off.by ?? 7) : 0)) });
}

const hasWords = ({ text, plus, minus }: TwinReview) => Boolean(text || plus || minus);
const fits: Record<Filter, (review: TwinReview) => boolean> = {
  ALL: () => true,
  COMMENT: hasWords,
  PICTURE: ({ pictures }) => pictures > 0,
  POSITIVE: (one) => hasWords(one) && (one.rating ?? 0) >= 4,
  NEGATIVE: (one) => hasWords(one) && (one.rating ?? 5) <= 2,
};

const popularFirst = (reviews: TwinReview[]) =>
  [...reviews].sort((one, other) => other.text.length - one.text.length);

/** Pages that go on for ever, each of reviews nobody has met. */
function invented(all: TwinReview[], page: number, limit: number): TwinReview[] {
  const [like] = all;
  if (!like) return [];
  return Array.from({ length: limit }, (_, nth) => ({
    ...like,
    id: (page * limit + nth).toString(16).padStart(32, "0"),
  }));
}

const odd = (nth: number) => ["вчера", "31.02.2026", "2026-11"][Math.floor(nth / 3) % 3] ?? "";

function counted(all: TwinReview[], off: number) {
  const rated = all.flatMap(({ rating }) => rating ?? []);
  const mean = rated.reduce((sum, rating) => sum + rating, 0) / Math.max(1, rated.length);
  const count = (filter: Filter) => all.filter(fits[filter]).length;
  return {
    summary: {
      global: Math.round(mean * 10) / 10,
      statistic: [5, 4, 3, 2, 1].map((rate) => ({
        rate,
        count: rated.filter((rating) => rating === rate).length,
      })),
    },
    groupSummary: (["ALL", "COMMENT", "PICTURE", "POSITIVE", "NEGATIVE"] as const).map((id) => ({
      id,
      total: count(id) + (id === "ALL" ? off : 0),
    })),
    imagesSummaryCount: all.reduce((sum, { pictures }) => sum + pictures, 0),
  };
}

function wireReview(world: World, review: TwinReview) {
  const card = world.catalogue.find(review.cardId);
  const [year, month, day] = localDate(review.at).slice(0, 10).split("-");
  const orderNumber = String(Number.parseInt(review.id.slice(0, 7), 16));
  const image = `${world.urls.images}/img/m/p/${card?.imagePath ?? ""}`;
  return {
    id: review.id,
    author: review.author,
    date: review.oddDate ?? `${day}.${month}.${year}`,
    orderNumber,
    rating: review.rating,
    comment: { minus: review.minus, plus: review.plus, text: review.text },
    feedback: { positive: 0, voted: false },
    galleryImages: Array.from({ length: review.pictures }, (_, nth) => ({
      id: `${orderNumber}-${review.cardId}/${nth}.jpg`,
      small: `${image}?format=review_small&n=${nth}`,
      medium: `${image}?format=review_medium&n=${nth}`,
      large: `${image}?format=review_large&n=${nth}`,
    })),
    product: card && {
      id: card.id,
      name: card.title,
      categoryCode: `Master - ${card.kind.category}`,
      categoryName: card.kind.noun,
      link: `https://kaspi.kz/shop/p/-${card.id}/`,
    },
    merchant: review.seller && { name: review.seller.name, code: review.seller.uid },
    editable: false,
    editedByCustomer: false,
  };
}
