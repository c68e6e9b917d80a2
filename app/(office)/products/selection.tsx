"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

/** The ticked rows, or every row of the filter but some. */
type Ticked = { kind: "ids" | "all"; ids: ReadonlySet<string>; of: string };

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
const nothing: Omit<Ticked, "of"> = { kind: "ids", ids: new Set() };

type Props = {
  /** Names the choice of products the rows are ticked in. */
  of: string;
  total: number;
  children: ReactNode;
};

/** Lasts over the pages and orders of one choice of products, and not into another. */
export function SelectionProvider({ of, total, children }: Props) {
  const [ticked, setTicked] = useState<Ticked>({ ...nothing, of });
  const { kind, ids } = ticked.of === of ? ticked : nothing;
  const set = (changed: readonly string[], on: boolean) => {
    const next = new Set(ids);
    // With all of them taken, the set holds the exceptions.
    for (const id of changed)
      if (on === (kind === "ids")) next.add(id);
      else next.delete(id);
    setTicked({ kind, ids: next, of });
  };
  const selection: Selection = {
    kind,
    ids: [...ids],
    count: kind === "ids" ? ids.size : Math.max(0, total - ids.size),
    has: (id) => ids.has(id) === (kind === "ids"),
    set,
    takeAll: () => setTicked({ kind: "all", ids: new Set(), of }),
    clear: () => setTicked({ ...nothing, of }),
  };
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("useSelection needs a SelectionProvider above it");
  return selection;
}
