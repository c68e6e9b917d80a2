import { z } from "zod";
import type { Card } from "@/lib/kaspi-twin/catalogue";
import { control } from "@/lib/kaspi-twin/control";
import type { Listing } from "@/lib/kaspi-twin/listing";
import type { World } from "@/lib/kaspi-twin/world";

const place = z.object({ cardId: z.string(), cityId: z.string() });

const rival = z.object({
  merchantId: z.string(),
  price: z.int().positive(),
  merchantName: z.string().optional(),
  rating: z.number().nullable().optional(),
  reviews: z.int().optional(),
  kaspiDelivery: z.boolean().default(true),
  preorder: z.int().min(0).default(0),
  delivery: z
    .enum(["EXPRESS", "TODAY", "TOMORROW", "TILL_2_DAYS", "TILL_5_DAYS", "TILL_7_DAYS"])
    .default("TOMORROW"),
});

export const marketControls = {
  market: control(
    "everybody who sells a card in a city, own merchants too, cheapest first",
    place,
    (world, { cardId, cityId }) => world.market.listings(cardOf(world, cardId), cityId),
  ),
  setRivals: control(
    "replaces the rivals of a card in a city; they stand still from then on",
    place.extend({ rivals: z.array(rival) }),
    (world, { cardId, cityId, rivals }) => {
      const card = cardOf(world, cardId);
      world.market.arrange(
        cardId,
        cityId,
        rivals.map((one) => listing(one, card, cityId)),
      );
    },
  ),
  clearRivals: control(
    "gives a card back to its own rivals, in one city or in all",
    z.object({ cardId: z.string(), cityId: z.string().optional() }),
    (world, { cardId, cityId }) => world.market.release(cardId, cityId),
  ),
  changeRival: control(
    "sets a rival's price, or moves it `by` an amount; without merchantId the cheapest rival's",
    place.extend({
      merchantId: z.string().optional(),
      price: z.int().positive().optional(),
      by: z.int().optional(),
    }),
    (world, { cardId, cityId, merchantId, price, by = 0 }) => {
      const { rivals, chosen } = choose(world, cardId, cityId, merchantId);
      const changed = { ...chosen, price: Math.max(1, price ?? chosen.price + by) };
      const all = rivals.map((one) => (one === chosen ? changed : one));
      world.market.arrange(cardId, cityId, all);
      return changed;
    },
  ),
  removeRival: control(
    "a rival leaves a card in a city; without merchantId the cheapest one",
    place.extend({ merchantId: z.string().optional() }),
    (world, { cardId, cityId, merchantId }) => {
      const { rivals, chosen } = choose(world, cardId, cityId, merchantId);
      world.market.arrange(
        cardId,
        cityId,
        rivals.filter((one) => one !== chosen),
      );
      return chosen;
    },
  ),
  freezeMarket: control("seeded rivals stop moving", z.object({}).default({}), (world) =>
    world.market.freeze(),
  ),
  thawMarket: control("seeded rivals move again", z.object({}).default({}), (world) =>
    world.market.thaw(),
  ),
};

function cardOf(world: World, cardId: string): Card {
  const card = world.catalogue.find(cardId);
  if (!card) throw new RangeError(`no card ${cardId}`);
  return card;
}

function listing(one: z.output<typeof rival>, card: Card, cityId: string): Listing {
  const { merchantName = one.merchantId, rating, reviews } = one;
  return {
    ...one,
    ...{ merchantName, rating, reviews, cityId },
    merchantSku: `${card.id}_${one.merchantId}`,
    title: card.title,
    pointId: `${one.merchantId}_PP1`,
  };
}

/** The rivals of a card as they are now, and one of them. */
function choose(world: World, cardId: string, cityId: string, merchantId: string | undefined) {
  const rivals = world.market.rivals(cardOf(world, cardId), cityId);
  const sorted = [...rivals].sort((one, other) => one.price - other.price);
  const chosen = merchantId ? rivals.find((one) => one.merchantId === merchantId) : sorted[0];
  if (!chosen) throw new RangeError(`no rival ${merchantId ?? ""} on card ${cardId} in ${cityId}`);
  return { rivals, chosen };
}
