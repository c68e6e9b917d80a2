import { z } from "zod";
import { storable } from "@/lib/core/text";
import { cardMeant } from "./card-address-rules";

/** A card by its number or by the address of its page at Kaspi, as a person types it. */
export const cardField = z
  .string()
  .trim()
  .max(2_000, { error: "card_address" })
  .transform((typed, context) => {
    const card = cardMeant(typed);
    if (card !== null) return card;
    context.addIssue({ code: "custom", message: "card_address" });
    return z.NEVER;
  });

/** Days back, today counted, in the zone of the workspace. */
export const periodDays = [30, 90, 180, 365] as const;
export type PeriodDays = (typeof periodDays)[number];

export const starChoices = ["5", "4", "3", "2", "1", "low", "none"] as const;
export type StarChoice = (typeof starChoices)[number];

const REVIEWS_FAR = 100_000;

/** The address of the list of reviews. What is odd in it is left out. */
export const reviewsQuery = z.object({
  store: z.uuid().optional().catch(undefined),
  /** The number of a card. */
  card: z
    .string()
    .regex(/^\d{3,15}$/)
    .optional()
    .catch(undefined),
  stars: z.enum(starChoices).optional().catch(undefined),
  days: z
    .enum(["30", "90", "180", "365"])
    .transform((days) => Number(days))
    .optional()
    .catch(undefined),
  /** One review, by Kaspi's id of it. */
  review: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
  with: z.enum(["text", "pictures"]).optional().catch(undefined),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  page: z.coerce.number().int().min(1).max(REVIEWS_FAR).default(1).catch(1),
});

export type ReviewsQuery = z.output<typeof reviewsQuery>;
export type ReviewsChoice = Omit<ReviewsQuery, "page">;

export const REVIEWS_PAGE = 50;

/** A review as a page shows it. */
export type Review = {
  /** Unique among all: the list it stands in and Kaspi's id. */
  key: string;
  storeId: string | null;
  storeName: string | null;
  cardId: string | null;
  cardName: string | null;
  sellerId: string | null;
  sellerName: string | null;
  author: string | null;
  /** `2026-11-20`; null where Kaspi wrote no day. */
  day: string | null;
  oddDay: string | null;
  rating: number | null;
  text: string | null;
  plus: string | null;
  minus: string | null;
  pictures: { small: string; large: string }[];
};

/** How many reviews are alike in all that the analysis asks. */
export type Tally = {
  /** `2026-11-20`; null where Kaspi wrote no day. */
  day: string | null;
  rating: number | null;
  sellerId: string | null;
  count: number;
};

/** How many of each star, one star first. */
export type Stars = readonly [number, number, number, number, number];

export const isStars = (stars: readonly number[] | null): stars is Stars => stars?.length === 5;
