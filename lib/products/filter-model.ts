/** What the list can be narrowed and sorted by. No schema in here: the browser needs these lists, too. */
export const PAGE_SIZE = 50;

export const productFilters = [
  "all",
  "attention",
  "bot_on",
  "bot_off",
  "no_floor",
  "no_cost",
  "not_on_sale",
] as const;
export type ProductFilter = (typeof productFilters)[number];

/** Where we stand in the market as last read: first, behind somebody, alone on the card, or unread. */
export const placeFilters = ["first", "behind", "alone", "unread"] as const;
export type PlaceFilter = (typeof placeFilters)[number];

/** How a product that a bot watches stands: the lists behind the numbers of the overview. */
export const standings = [
  "ranked",
  "unread",
  "first",
  "attacked",
  "blocked",
  "war",
  "late",
  "rejected",
  "unfloored",
] as const;
export type Standing = (typeof standings)[number];

/** The same, and by whose rule it lives: with words of its own, or all of them its store's. */
export const watchFilters = [...standings, "own_rule", "store_rule"] as const;
export type WatchFilter = (typeof watchFilters)[number];

/** What became of a product's changes today: the lists behind the overview's numbers of the day. */
export const todayFilters = ["decided", "sent", "confirmed", "rejected", "waiting"] as const;
export type TodayFilter = (typeof todayFilters)[number];

const sortColumns = [
  "name",
  "price",
  "floor",
  "ceiling",
  "place",
  "rival",
  "checked",
  "cost",
  "costFloor",
] as const;
export type SortColumn = (typeof sortColumns)[number];
export type ProductSort = SortColumn | `-${SortColumn}`;
export const productSorts: ProductSort[] = sortColumns.flatMap((column) => [
  column,
  `-${column}` as const,
]);

/** How many products each filter of the list would show. */
export type FilterCounts = Record<ProductFilter, number>;

/** A value rows can be narrowed to, and how many have it. */
export type Facet = { value: string; count: number };
export type Facets = { categories: Facet[]; reasons: Facet[] };

/** Everything that narrows the list, each dropped on its own. */
export type Narrowing =
  | "q"
  | "filter"
  | "place"
  | "watch"
  | "today"
  | "reason"
  | "rival"
  | "category"
  | "price";
/** How many products there are without one of them. */
export type Loosened = { name: Narrowing; count: number };

/** Columns a person may put away. Name and price stay: without them a row says nothing. */
export const optionalColumns = [
  "floor",
  "ceiling",
  "place",
  "rival",
  "bot",
  "decision",
  "checked",
  "category",
  "stock",
  "cost",
  "costFloor",
  "margin",
] as const;
export type OptionalColumn = (typeof optionalColumns)[number];
/** Put away until somebody asks for them. */
export const columnsAwayAtFirst: readonly OptionalColumn[] = [
  "category",
  "stock",
  "cost",
  "costFloor",
  "margin",
];

export const columnsCookie = "duken-product-columns";

/** The columns put away, as the cookie has them; anything it does not know is left out. */
export function hiddenColumns(cookie: string | undefined): OptionalColumn[] {
  if (cookie === undefined) return [...columnsAwayAtFirst];
  const named = new Set(cookie.split("."));
  return optionalColumns.filter((column) => named.has(column));
}
