"use client";

import { useSearchParams } from "next/navigation";

/** The chosen store goes along from page to page in the address. */
export function useStoreParam() {
  const store = useSearchParams().get("store");
  const withStore = (path: string) => (store ? `${path}?store=${encodeURIComponent(store)}` : path);
  return { store, withStore };
}
