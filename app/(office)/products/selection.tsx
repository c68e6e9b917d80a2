"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

/** The ticked rows, or every row of the filter but some. */
type Ticked = { kind: "ids" | "all"; ids: ReadonlySet<string> };

export type Selection = {
  kind: Ticked["kind"];
  /** Ticked with `ids`, taken out again with `all`. */
  ids: string[];
  count: number;
  has: (id: string) => boolean;
  set: (ids: readonly string[], on: boolean) => void;
  takeAll: () => void;
  clear: () => void;
};

const SelectionContext = createContext<Selection | null>(null);
const nothing: Ticked = { kind: "ids", ids: new Set() };

type Props = { total: number; children: ReactNode };

/** Lasts over the pages of one choice of products; another choice mounts another provider. */
export function SelectionProvider({ total, children }: Props) {
  const [ticked, setTicked] = useState(nothing);
  const { kind, ids } = ticked;
  const set = (changed: readonly string[], on: boolean) => {
    const next = new Set(ids);
    // With all of them taken, the set holds the exceptions.
    for (const id of changed)
      if (on === (kind === "ids")) next.add(id);
      else next.delete(id);
    setTicked({ kind, ids: next });
  };
  const selection: Selection = {
    kind,
    ids: [...ids],
    count: kind === "ids" ? ids.size : Math.max(0, total - ids.size),
    has: (id) => ids.has(id) === (kind === "ids"),
    set,
    takeAll: () => setTicked({ kind: "all", ids: new Set() }),
    clear: () => setTicked(nothing),
  };
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("useSelection needs a SelectionProvider above it");
  return selection;
}
