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
      sku: cardField.optional().describe("The number of the card, not the seller's article"),
    })
    .refine(({ sku, product_url }) => (sku === undefined) !== (product_url === undefined), {
      error: "card_or_address",
    }),
  answers: { 200: readAnswer, 202: readingAnswer },
  handle: ({ caller, body: { product_url = "", sku }, request }) =>
    readCardAnswer(kaspiAccess(), { caller, cardId: sku ?? product_url, request }),
});

export const reviewOperations = [cardReviews];
