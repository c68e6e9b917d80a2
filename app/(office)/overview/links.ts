import type { WatchFilter } from "@/lib/products/filter-model";

/** The products page showing exactly what a number counts. */
export function goodsHref(watch: WatchFilter, store: string | undefined): string {
  return `/products?${new URLSearchParams({ ...(store && { store }), watch })}`;
}
