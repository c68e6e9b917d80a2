import type { PlaceFilter, ProductFilter } from "@/lib/products/filter-model";

/** The lists that the page's numbers count. */
export type GoodsList =
  | "watched"
  | "first"
  | "attacked"
  | "blocked"
  | "late"
  | "rejected"
  | "noFloor";

type Address = { filter?: ProductFilter; place?: PlaceFilter; reason?: string };

const addresses: Record<GoodsList, Address> = {
  watched: { filter: "bot_on" },
  first: { filter: "bot_on", place: "first" },
  attacked: { filter: "bot_on", place: "behind" },
  blocked: { filter: "bot_on", place: "behind" },
  late: { filter: "bot_on" },
  rejected: { filter: "attention" },
  noFloor: { filter: "no_floor" },
};

/** The products page showing what a number counts. */
export function goodsHref(list: GoodsList, store: string | undefined): string {
  const query = new URLSearchParams({ ...(store && { store }), ...addresses[list] });
  return `/products?${query}`;
}
