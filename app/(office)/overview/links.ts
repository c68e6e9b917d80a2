import type { TodayFilter, WatchFilter } from "@/lib/products/filter-model";

/** The products page showing exactly what a number counts. */
export function goodsHref(watch: WatchFilter, store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), watch })}`;
}

/** Products whose last decision waits for a person. */
export function frozenHref(store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), reason: "anomaly_frozen" })}`;
}

/** The products whose prices a number of the day counts. */
export function todayHref(today: TodayFilter, store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), today })}`;
}
