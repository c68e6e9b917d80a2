import { z } from "zod";
import { HIGHEST_PRICE, type Tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import type { decisions } from "@/lib/db/schema/repricing";
import { cityIdField } from "@/lib/stores/model";
import {
  type FilterCounts,
  type ProductSort,
  placeFilters,
  productFilters,
  productSorts,
  todayFilters,
  watchFilters,
} from "./filter-model";

const price = z.coerce.number().int().min(1).max(HIGHEST_PRICE).optional().catch(undefined);
const text = (most: number) => z.string().overwrite(storable).trim().max(most);

/** Everything that chooses which products are meant: what a page shows, and what a bulk change is for. */
export const productChoiceSchema = z.object({
  store: z.uuid().optional().catch(undefined),
  q: text(100).default("").catch(""),
  filter: z.enum(productFilters).default("all").catch("all"),
  place: z.enum(placeFilters).optional().catch(undefined),
  watch: z.enum(watchFilters).optional().catch(undefined),
  /** The day of the workspace. */
  today: z.enum(todayFilters).optional().catch(undefined),
  /** The reason of the last decision. */
  reason: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional()
    .catch(undefined),
  category: text(200).min(1).optional().catch(undefined),
  /** Goods that this seller sells beside us, as last seen. */
  rival: text(64).min(1).optional().catch(undefined),
  /** The price as shown, ₸, both ends included. */
  from: price,
  to: price,
});
export type ProductChoice = z.output<typeof productChoiceSchema>;

/** The products page's address. */
export const productListSchema = productChoiceSchema.extend({
  sort: z
    .enum(productSorts as [ProductSort, ...ProductSort[]])
    .default("name")
    .catch("name"),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
});
export type ProductListQuery = z.output<typeof productListSchema>;

type Decision = typeof decisions.$inferSelect;

/** Why the price is what it is, and what became of the decision. */
export type LastDecision = Pick<
  Decision,
  | "id"
  | "kind"
  | "origin"
  | "reason"
  | "params"
  | "price"
  | "state"
  | "stateReason"
  | "stateParams"
  | "decidedAt"
  | "notBefore"
  | "sentAt"
  | "confirmedAt"
>;

export type ProductRow = {
  id: string;
  storeId: string;
  storeName: string;
  sku: string;
  cardId: string | null;
  name: string;
  imageUrl: string | null;
  shopPath: string | null;
  category: string | null;
  price: Tenge | null;
  /** The one typed in. */
  floor: Tenge | null;
  /** The one the bot stops at: typed, or from cost where the rule says so. */
  countingFloor: Tenge | null;
  /** What it costs its seller; null: not set. */
  cost: Tenge | null;
  /** From cost and tariffs; null: something it needs is not set. It counts where the rule says so. */
  costFloor: Tenge | null;
  /** Prices above it that earn too little again, first and last of each stretch. */
  costGaps: (readonly [from: Tenge, to: Tenge])[];
  /** Goods, packaging and other expenses of one unit; null: one of them is not set. */
  costInFull: Tenge | null;
  /** The one typed in. */
  ceiling: Tenge | null;
  /** The one that is set: typed, or from cost where the rule says so. */
  countingCeiling: Tenge | null;
  anchor: Tenge | null;
  botEnabled: boolean;
  manualLock: boolean;
  onSale: boolean;
  isGone: boolean;
  stock: number | null;
  /** How many cities it is priced in; the row shows the leading one. */
  citiesCount: number;
  place: number | null;
  placesTotal: number | null;
  bestRivalPrice: Tenge | null;
  observedAt: Date | null;
  nextCheckAt: Date | null;
  lastDecision: LastDecision | null;
  /** May this caller change its price, limits and bot? */
  isWritable: boolean;
};

export type ProductPage = { rows: ProductRow[]; counts: FilterCounts; total: number; page: number };

/** In one of its cities: `floor` and `ceiling` are those that hold there. */
export type Product = ProductRow & {
  mayChangeRule: boolean;
  mayApprove: boolean;
  /** Of the city alone; null: the product's. */
  ownFloor: Tenge | null;
  ownCeiling: Tenge | null;
  productFloor: Tenge | null;
  productCeiling: Tenge | null;
  /** Kaspi shows a price of its own for each city; else one price holds everywhere. */
  hasCityPrices: boolean;
  /** Its store is priced in several cities. */
  storeHasCities: boolean;
  /** Its own choice of cities; null: the store's. */
  pricedCities: string[] | null;
  brand: string | null;
  cityId: string;
  cityName: string | null;
  goneAt: Date | null;
  lastCheckedAt: Date | null;
  placeChangedAt: Date | null;
  /** Those the rule counts, when the market was last seen; null: it was not looked at. */
  rivalsCount: number | null;
  failures: number;
  observationId: string | null;
  note: string | null;
};

export const productCitiesSchema = z.object({
  productId: z.uuid(),
  /** Null: those of the store. */
  cityIds: z.array(cityIdField).min(1, { error: "cities_none" }).max(50).nullable(),
});
export type ProductCities = z.output<typeof productCitiesSchema>;

/** A city of a product: one it is priced in, or one that Kaspi shows a price of its own for. */
export type ProductCity = {
  id: string;
  name: string;
  price: Tenge | null;
  isLead: boolean;
  isPriced: boolean;
  place: number | null;
  placesTotal: number | null;
  /** Its last decision waits for a person, or was not carried out. */
  wantsAttention: boolean;
};
