import type { TodayFilter, WatchFilter } from "@/lib/products/filter-model";

/** The products page showing exactly what a number counts. */
export function goodsHref(watch: WatchFilter, store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), watch })}`;
}

/** Where prices that wait for a person are answered. */
export function frozenHref(store: string | undefined): string {
  return store ? `/approvals?store=${store}` : "/approvals";
}

/** The products whose prices a number of the day counts. */
export function todayHref(today: TodayFilter, store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), today })}`;
}
