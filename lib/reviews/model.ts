import { z } from "zod";
import { storable } from "@/lib/core/text";
import { fileFormats } from "@/lib/table-files/format-model";
import { cardMeant } from "./card-address-rules";
import { contentChoices, type PeriodDays, periodDays, starChoices } from "./list-model";

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
  days: z.coerce
    .number()
    .refine((days): days is PeriodDays => periodDays.some((one) => one === days))
    .optional()
    .catch(undefined),
  /** One review, by Kaspi's id of it. */
  review: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
  with: z.enum(contentChoices).optional().catch(undefined),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  page: z.coerce.number().int().min(1).max(REVIEWS_FAR).default(1).catch(1),
});

export type ReviewsQuery = z.output<typeof reviewsQuery>;
export type ReviewsChoice = Omit<ReviewsQuery, "page">;

/** The number of a card, as our own addresses and buttons carry it. */
export const cardNumber = z.string().regex(/^\d{3,15}$/);

/** The list as a file; `of` is the card whose reviews they are, none: those about the caller's shops. */
export const reviewsExport = reviewsQuery.extend({
  format: z.enum(fileFormats),
  of: cardNumber.optional(),
});
