"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, useContext, useTransition } from "react";

export type UrlPatch = Record<string, string | null>;

type UrlState = {
  /** The list is being read again; what is shown is the former one. */
  pending: boolean;
  get: (name: string) => string | null;
  /** The address with these changed; null removes. Everything but a change of page starts at the first. */
  hrefWith: (patch: UrlPatch) => string;
  go: (patch: UrlPatch, how?: "push" | "replace") => void;
};

const UrlStateContext = createContext<UrlState | null>(null);

/** Search, filter, sort and page of a list live in its address; the parts of the list share this. */
export function UrlStateProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  const hrefWith = (patch: UrlPatch) => {
    const next = new URLSearchParams(params);
    for (const place of ["page", "before"]) if (!(place in patch)) next.delete(place);
    for (const [name, value] of Object.entries(patch)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query ? `${pathname}?${query}` : pathname;
  };
  const state: UrlState = {
    pending,
    get: (name) => params.get(name),
    hrefWith,
    go: (patch, how = "push") =>
      startTransition(() => router[how](hrefWith(patch), { scroll: false })),
  };
  return <UrlStateContext value={state}>{children}</UrlStateContext>;
}

export function useUrlState(): UrlState {
  const state = useContext(UrlStateContext);
  if (!state) throw new Error("useUrlState needs a UrlStateProvider above it");
  return state;
}
