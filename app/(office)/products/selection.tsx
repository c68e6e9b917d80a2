"use client";

import { functionalUpdate, type RowSelectionState } from "@tanstack/react-table";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { TableTicks } from "@/components/ui/data-table";

/** The ticked rows, or every row of the filter but some. */
type Ticked = { kind: "ids" | "all"; ids: ReadonlySet<string>; of: string };

export type Selection = {
  kind: Ticked["kind"];
  /** Ticked with `ids`, taken out again with `all`. */
  ids: ReadonlySet<string>;
  count: number;
  /** Of these rows exactly the named ones are ticked now; rows of other pages stay as they are. */
  tick: (page: readonly string[], ticked: RowSelectionState) => void;
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
  const tick: Selection["tick"] = (page, now) => {
    const next = new Set(ids);
    // With all of them taken, the set holds the exceptions.
    for (const id of page)
      if (id in now === (kind === "ids")) next.add(id);
      else next.delete(id);
    setTicked({ kind, ids: next, of });
  };
  const selection: Selection = {
    kind,
    ids,
    count: kind === "ids" ? ids.size : Math.max(0, total - ids.size),
    tick,
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

/** What of the selection a table of these rows shows and changes. */
export function usePageTicks(rows: readonly { id: string }[]): TableTicks {
  const { kind, ids, tick } = useSelection();
  const page = useMemo(() => rows.map(({ id }) => id), [rows]);
  const ticked = useMemo<RowSelectionState>(() => {
    const shown = page.filter((id) => ids.has(id) === (kind === "ids"));
    return Object.fromEntries(shown.map((id) => [id, true]));
  }, [page, kind, ids]);
  return { ticked, onChange: (updater) => tick(page, functionalUpdate(updater, ticked)) };
}
