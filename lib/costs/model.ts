import { z } from "zod";
import { HIGHEST_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { deliveryChoices, deliveryScopes } from "./scope-model";

/** Rates are hundredths of a percent: whole numbers, so that no sum of theirs is rounded. */
export const WHOLE = 10_000;
const HIGHEST_RATE = 9_900;

/** Heavier goods are not sent by parcel. */
export const HEAVIEST_GRAMS = 1_000_000;

const amount = z.int().min(0).max(HIGHEST_PRICE).transform(tenge);
const rate = z.int().min(0).max(HIGHEST_RATE);

/** What may differ from product to product. Null is "not set" and never zero. */
const expenses = {
  /** ₸ for each unit sold, as are the next two. */
  packaging: amount.nullable(),
  other: amount.nullable(),
  /** What cancellations and returns are expected to cost. */
  returns: amount.nullable(),
  weightGrams: z.int().min(1).max(HEAVIEST_GRAMS).nullable(),
  delivery: z.enum(deliveryChoices).nullable(),
  minProfit: amount.nullable(),
  /** Hundredths of a percent of the price. */
  minMargin: rate.nullable(),
};

export const costsSchema = z.strictObject({
  cost: z.int().min(1).max(HIGHEST_PRICE).transform(tenge).nullable(),
  ...expenses,
});
/** What the seller says of a product. */
export type Costs = z.output<typeof costsSchema>;
export type CostField = keyof Costs;

export const noCosts: Costs = {
  cost: null,
  packaging: null,
  other: null,
  returns: null,
  weightGrams: null,
  delivery: null,
  minProfit: null,
  minMargin: null,
};

const bandSchema = z.strictObject({
  scope: z.enum(deliveryScopes),
  /** The lowest price it is for; it ends where the next one of the scope begins. */
  priceFrom: z.int().min(0).max(HIGHEST_PRICE).transform(tenge),
  /** The heaviest parcel it is for; null: any. */
  weightTo: z.int().min(1).max(HEAVIEST_GRAMS).nullable(),
  fee: amount,
});
export type DeliveryBand = z.output<typeof bandSchema>;

export const MOST_BANDS = 300;
const rateValue = z.strictObject({ rate });
const deliveryValue = z.strictObject({ bands: z.array(bandSchema).min(1).max(MOST_BANDS) });
const usualValue = z.strictObject(expenses);

export const tariffValues = {
  commission: rateValue,
  kaspi_pay: rateValue,
  tax: rateValue,
  delivery: deliveryValue,
  usual: usualValue,
} as const;

export const tariffKinds = ["commission", "kaspi_pay", "tax", "delivery", "usual"] as const;
export type TariffKind = (typeof tariffKinds)[number];
/** Commissions that are set at once: one for each category a page names, and the one for all others. */
export const MOST_RATES = 501;
/** Of a store, or of the installation: years of them. Whoever works out a price reads all of them. */
export const mostTariffs: Readonly<Record<TariffKind, number>> = {
  commission: 10 * MOST_RATES,
  kaspi_pay: 200,
  tax: 200,
  delivery: 100,
  usual: 200,
};
export const rateKinds = ["commission", "kaspi_pay", "tax"] as const;
export type RateKind = (typeof rateKinds)[number];

type TariffHead = {
  id: string;
  /** Null: of the whole installation. A store's own go before those. */
  storeId: string | null;
  /** Of commissions: Kaspi's category, or empty for all that have none of their own. */
  category: string;
  /** `2026-03-01`: the first day it counts, in the workspace's zone. */
  validFrom: string;
  source: string | null;
  setAt: Date;
};

export type RateTariff = TariffHead & { kind: RateKind; value: z.output<typeof rateValue> };
export type DeliveryTariff = TariffHead & {
  kind: "delivery";
  value: z.output<typeof deliveryValue>;
};
export type UsualTariff = TariffHead & { kind: "usual"; value: z.output<typeof usualValue> };
export type Tariff = RateTariff | DeliveryTariff | UsualTariff;

/** The tariffs that count for a product on a day; null: none is set. */
export type ChosenTariffs = {
  commission: RateTariff | null;
  kaspi_pay: RateTariff | null;
  tax: RateTariff | null;
  delivery: DeliveryTariff | null;
  usual: UsualTariff | null;
  /** The first later day on which one of them changes. */
  until: string | null;
};

/** What keeps a floor from being computed. `demand`: neither a profit nor a margin is asked for. */
export const missingInputs = [
  "cost",
  "packaging",
  "other",
  "returns",
  "demand",
  "commission",
  "kaspi_pay",
  "tax",
  "delivery",
  "delivery_tariff",
  "weight",
] as const;
export type MissingInput = (typeof missingInputs)[number];

/** Everything a price has to pay for, complete. Amounts in ₸, rates in hundredths of a percent. */
export type Terms = {
  cost: Tenge;
  packaging: Tenge;
  other: Tenge;
  returns: Tenge;
  minProfit: Tenge;
  commission: number;
  kaspiPay: number;
  tax: number;
  minMargin: number;
  /** The bands of the one scope it is sent in; null: Kaspi does not deliver it. */
  bands: readonly DeliveryBand[] | null;
  weightGrams: number | null;
};

export type TermsOrMissing =
  | { kind: "terms"; terms: Terms }
  | { kind: "missing"; missing: MissingInput[] };

/** First and last price of a stretch above the floor that earns too little again, ₸. */
export type PriceGap = readonly [from: Tenge, to: Tenge];

export type Floor =
  | { kind: "floor"; floor: Tenge; gaps: PriceGap[] }
  | { kind: "missing"; missing: MissingInput[] }
  /** No price earns enough: the rates take everything, or more than the highest price would be needed. */
  | { kind: "impossible" };
