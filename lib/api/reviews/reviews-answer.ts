import { z } from "zod";
import type { CardAnalysis } from "@/lib/reviews/analyse-card";
import type { PeriodDays } from "@/lib/reviews/list-model";

const count = z.int().min(0);
const share = z.number().min(0).max(100);
const mean = z.number().min(0).max(5).nullable();

const period = z.object({
  reviews: count,
  estimated_sales: count.describe("Reviews × `sales_per_review`: an estimate"),
  is_complete: z
    .boolean()
    .describe(
      "Whether all reviews of these days are read, and lately; else it is at least so many",
    ),
});

export const cardReviews = z
  .object({
    product_name: z.string().nullable(),
    card_id: z.string(),
    total_reviews: count.describe("As Kaspi counts them"),
    read_reviews: count.describe("Of those, how many are read: the newest"),
    is_whole: z.boolean().describe("Whether all there are have been read"),
    odd_dates: count.describe("Reviews whose date at Kaspi is none: they are in no period"),
    rating: mean,
    estimated_sales: count.describe("All reviews × `sales_per_review`: an estimate"),
    sales_per_review: z.int().min(1).max(100),
    periods: z
      .object({ "1m": period, "3m": period, "6m": period, "1y": period })
      .describe("The last 30, 90, 180 and 365 days, as Kazakhstan has them"),
    stars: z.object({ 1: count, 2: count, 3: count, 4: count, 5: count }),
    trend: z
      .array(
        z.object({
          month: z.string(),
          reviews: count.nullable().describe("Null: nothing of the month is read"),
          average: mean,
          negative: count.nullable(),
          is_complete: z
            .boolean()
            .describe("Whether all reviews of the month are read, so far as it has come"),
        }),
      )
      .describe("Twelve months up to this one"),
    sellers: z
      .array(
        z.object({
          merchant_id: z.string().nullable().describe("Null: Kaspi does not say who sold it"),
          name: z.string().nullable(),
          reviews: count,
          share: share.describe("Of all that are read, %"),
          last_30_days: count,
          is_own: z.boolean(),
        }),
      )
      .describe("The hundred with the most reviews"),
    read_at: z.iso.datetime().nullable().describe("When they were last read to the end"),
  })
  .meta({ id: "CardReviews" });

export const readAnswer = z
  .object({
    success: z.literal(true),
    run_id: z.uuid(),
    is_stale: z.boolean().describe("Kaspi could not be read now: this was read before"),
    data: cardReviews,
  })
  .meta({ id: "ReviewsRead" });

export const readingAnswer = z
  .object({
    success: z.literal(true),
    run_id: z.uuid(),
    status: z.literal("running"),
    data: cardReviews.nullable().describe("What is known so far; null while nothing is"),
  })
  .meta({ id: "ReviewsBeingRead" });

const MOST_SELLERS = 100;

export function toCardReviews(found: CardAnalysis): z.input<typeof cardReviews> {
  const { source, salesPerReview, total, stars } = found;
  const ofDays = (days: PeriodDays) => {
    const {
      reviews = 0,
      sales = 0,
      isComplete = false,
    } = found.periods.find((one) => one.days === days) ?? {};
    return { reviews, estimated_sales: sales, is_complete: isComplete };
  };
  const [one, two, three, four, five] = stars;
  return {
    product_name: found.name,
    card_id: found.cardId,
    total_reviews: total,
    read_reviews: found.read,
    is_whole: source.isWhole,
    odd_dates: found.oddDays,
    rating: found.rating,
    estimated_sales: total * salesPerReview,
    sales_per_review: salesPerReview,
    periods: { "1m": ofDays(30), "3m": ofDays(90), "6m": ofDays(180), "1y": ofDays(365) },
    stars: { 1: one, 2: two, 3: three, 4: four, 5: five },
    trend: found.months.map(({ month, reviews, average, low, isComplete }) => ({
      month,
      reviews,
      average,
      negative: low,
      is_complete: isComplete,
    })),
    sellers: found.sellers.slice(0, MOST_SELLERS).map((seller) => ({
      merchant_id: seller.sellerId,
      name: seller.name,
      reviews: seller.reviews,
      share: seller.share,
      last_30_days: seller.lately,
      is_own: seller.isOwn,
    })),
    read_at: source.lastReadAt?.toISOString() ?? null,
  };
}
