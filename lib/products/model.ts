import { z } from "zod";
import type { Tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import type { decisions } from "@/lib/db/schema/repricing";

export const PAGE_SIZE = 50;

export const productFilters = ["all", "bot_on", "bot_off", "no_floor", "not_on_sale"] as const;
export type ProductFilter = (typeof productFilters)[number];

export const productSorts = [
  "name",
  "-name",
  "price",
  "-price",
  "place",
  "-place",
  "checked",
  "-checked",
] as const;

/** The products page's address: everything that chooses what is shown. */
export const productListSchema = z.object({
  store: z.uuid().optional().catch(undefined),
  q: z.string().overwrite(storable).trim().max(100).default("").catch(""),
  filter: z.enum(productFilters).default("all").catch("all"),
  sort: z.enum(productSorts).default("name").catch("name"),
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
  price: Tenge | null;
  floor: Tenge | null;
  ceiling: Tenge | null;
  anchor: Tenge | null;
  botEnabled: boolean;
  manualLock: boolean;
  onSale: boolean;
  isGone: boolean;
  stock: number | null;
  place: number | null;
  placesTotal: number | null;
  bestRivalPrice: Tenge | null;
  observedAt: Date | null;
  nextCheckAt: Date | null;
  lastDecision: LastDecision | null;
  /** May this caller change it? */
  isWritable: boolean;
};

/** How many products each filter of the list would show. */
export type FilterCounts = Record<ProductFilter, number>;

export type ProductPage = { rows: ProductRow[]; counts: FilterCounts; total: number; page: number };

export type Product = ProductRow & {
  brand: string | null;
  category: string | null;
  cityId: string;
  cityName: string | null;
  goneAt: Date | null;
  lastCheckedAt: Date | null;
  failures: number;
  observationId: string | null;
};
