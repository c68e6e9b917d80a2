import { z } from "zod";
import { control } from "@/lib/kaspi-twin/control";
import { removed } from "@/lib/kaspi-twin/first-state";
import { findMerchant, type Merchant } from "@/lib/kaspi-twin/merchants";
import { type OfferState, priceIn } from "@/lib/kaspi-twin/offer-state";
import type { ShelfOffer } from "@/lib/kaspi-twin/shelves";
import type { World } from "@/lib/kaspi-twin/world";

const which = z.object({ merchantUid: z.string(), sku: z.string() });

const price = z.int().positive();
const points = z.array(
  z.object({
    pointId: z.string(),
    available: z.boolean(),
    stockCount: z.int().min(0).nullable().default(null),
    preOrder: z.int().min(0).nullable().default(null),
  }),
);

/** An offer as Kaspi really holds it, pending writes aside. Prices in whole tenge. */
export type OfferTruth = Pick<
  OfferState,
  "price" | "cityPrices" | "oldPrice" | "model" | "points" | "onSale"
> & {
  merchantUid: string;
  sku: string;
  cardId: string;
  title: string;
  /** What buyers pay: in the cities of its points and those with a price of their own. */
  prices: Record<string, number>;
  pending: boolean;
};

export const offerControls = {
  offer: control("the truth about one offer", which, (world, { merchantUid, sku }) =>
    truth(world, find(world, merchantUid, sku)),
  ),
  offers: control(
    "the truth about a merchant's offers, in list order",
    z.object({
      merchantUid: z.string(),
      onSale: z.boolean().optional(),
      from: z.int().min(0).default(0),
      limit: z.int().min(1).max(1_000).default(100),
    }),
    (world, { merchantUid, onSale = null, from, limit }) => {
      const merchant = merchantOf(merchantUid);
      const indexes = world.shelves.indexes(merchant, onSale).slice(from, from + limit);
      return indexes.map((index) => truth(world, world.shelves.offer(merchant, index)));
    },
  ),
  changeOffer: control(
    "changes an offer behind everybody's back",
    which.extend({
      price: price.nullable().optional(),
      cityPrices: z
        .array(z.object({ cityId: z.string(), value: price }))
        .nullable()
        .optional(),
      oldPrice: price.nullable().optional(),
      model: z.string().nullable().optional(),
      points: points.optional(),
    }),
    (world, { merchantUid, sku, ...change }) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      return put(world, find(world, merchantUid, sku), Object.fromEntries(given));
    },
  ),
  removeOffer: control("takes an offer off sale", which, (world, { merchantUid, sku }) => {
    const offer = find(world, merchantUid, sku);
    return put(world, offer, removed(offer.state, world.clock.now()));
  }),
  restoreOffer: control(
    "puts an offer on sale in all open points, uncounted",
    which,
    (world, { merchantUid, sku }) => {
      const offer = find(world, merchantUid, sku);
      const open = offer.merchant.points.filter((point) => point.active);
      return put(world, offer, {
        points: open.map(({ id }) => ({
          pointId: id,
          available: true,
          stockCount: null,
          preOrder: null,
        })),
        ...{ onSale: true, archivedAt: null, errorCode: null },
      });
    },
  ),
};

function merchantOf(uid: string): Merchant {
  const merchant = findMerchant(uid);
  if (!merchant) throw new RangeError(`no merchant ${uid}`);
  return merchant;
}

function find(world: World, merchantUid: string, sku: string): ShelfOffer {
  const offer = world.shelves.find(merchantOf(merchantUid), sku);
  if (!offer) throw new RangeError(`merchant ${merchantUid} has no offer ${sku}`);
  return offer;
}

function put(world: World, offer: ShelfOffer, change: Partial<OfferState>): OfferTruth {
  const now = world.clock.now();
  world.shelves.put(offer, { ...offer.state, updatedAt: now, ...change }, now);
  return truth(world, find(world, offer.merchant.uid, offer.sku));
}

function truth(world: World, { merchant, sku, card, state }: ShelfOffer): OfferTruth {
  const { price, cityPrices, oldPrice, model, points, onSale } = state;
  const cityIds = [
    ...merchant.points.map((point) => point.cityId),
    ...(cityPrices ?? []).map((one) => one.cityId),
  ];
  return {
    ...{ merchantUid: merchant.uid, sku, cardId: card.id, title: card.title },
    ...{ price, cityPrices, oldPrice, model, points, onSale },
    prices: Object.fromEntries(cityIds.map((cityId) => [cityId, priceIn(state, cityId)])),
    pending: world.writes.promisedBy(merchant.uid, sku) !== null,
  };
}
