import { z } from "zod";
import { kaspiAccess } from "@/lib/exits/access";
import { cardField } from "@/lib/reviews/model";
import { operation } from "../operation";
import { readCardAnswer } from "../reviews/read-card";
import { readAnswer, readingAnswer } from "../reviews/reviews-answer";

const cardReviews = operation({
  id: "cardReviews",
  waits: true,
  method: "POST",
  path: "/kaspi/reviews/",
  tag: "analytics",
  summary:
    "What buyers say about a card, and how much it sells by that; reads the reviews and answers at the end, or with `Prefer: respond-async` at once",
  scope: "kaspi",
  headers: { Prefer: "`respond-async`: do not wait for the end" },
  body: z
    .strictObject({
      product_url: cardField
        .optional()
        .describe("The address of the card at kaspi.kz; only its number is taken"),
      watch: z
        .boolean()
        .optional()
        .describe(
          "Whether it stands in the caller's list and is read again every day, at most a hundred cards; left out: as it was",
        ),
      sku: cardField.optional().describe("The number of the card, not the seller's article"),
    })
    .refine(({ sku, product_url }) => (sku === undefined) !== (product_url === undefined), {
      error: "card_or_address",
    }),
  answers: { 200: readAnswer, 202: readingAnswer },
  handle: ({ caller, body: { product_url = "", sku, watch }, request }) =>
    readCardAnswer(kaspiAccess(), { caller, cardId: sku ?? product_url, watch, request }),
});

export const reviewOperations = [cardReviews];
