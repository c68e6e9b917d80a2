import { z } from "zod";
import { DAY } from "@/lib/core/time";
import { control } from "@/lib/kaspi-twin/control";
import { findMerchant } from "@/lib/kaspi-twin/merchants";
import type { NewReview } from "@/lib/kaspi-twin/review-book";
import type { World } from "@/lib/kaspi-twin/world";

const review = z.object({
  cardId: z.string(),
  /** Who sold it; null: Kaspi does not say. */
  merchantUid: z.string().nullable().default(null),
  merchantName: z.string().optional(),
  rating: z.int().min(1).max(5).nullable().default(5),
  daysAgo: z.int().min(0).default(0),
  /** What stands for the day instead of the day. */
  oddDate: z.string().optional(),
  author: z.string().default("Покупатель"),
  text: z.string().default(""),
  plus: z.string().default(""),
  minus: z.string().default(""),
  pictures: z.int().min(0).default(0),
});

export const reviewControls = {
  addReview: control("somebody writes a review; answers its id", review, (world, given) => {
    const [id = ""] = world.reviews.add([written(world, given)]);
    return { id };
  }),
  addReviews: control(
    "so many reviews at once, a day's worth on each of the `days` before",
    review.extend({ count: z.int().min(1), days: z.int().min(1).default(1) }),
    (world, { count, days, ...given }) => {
      const many = Array.from({ length: count }, (_, nth) =>
        written(world, { ...given, daysAgo: given.daysAgo + Math.floor((nth * days) / count) }),
      );
      return { added: world.reviews.add(many).length };
    },
  ),
  silenceReviews: control(
    "a card, or every card, has only the reviews that were added",
    z.object({ cardId: z.string().optional() }).default({}),
    (world, { cardId }) => world.reviews.silence(cardId),
  ),
};

function written(world: World, given: z.output<typeof review>): NewReview {
  if (!world.catalogue.find(given.cardId)) throw new RangeError(`no card ${given.cardId}`);
  const { merchantUid, merchantName, daysAgo, ...rest } = given;
  const name = merchantName ?? findMerchant(merchantUid ?? "")?.name ?? merchantUid;
  return {
    ...rest,
    at: world.clock.now() - daysAgo * DAY,
    seller: merchantUid && name ? { uid: merchantUid, name } : null,
  };
}
