"use client";

import { usePathname, useSearchParams } from "next/navigation";

/**
 * A window that is part of the address: a link opens it, Back closes it. Opening asks the server
 * nothing, so its content must be on the page already.
 */
export function usePanel(name: string) {
  const params = useSearchParams();
  const pathname = usePathname();
  const hrefWith = (value: string | null) => {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  };
  const go = (value: string | null) => window.history.pushState(null, "", hrefWith(value));
  return {
    value: params.get(name),
    hrefWith,
    open: (value: string) => go(value),
    close: () => go(null),
  };
}
