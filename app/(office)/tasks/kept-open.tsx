"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

/** What a person has begun: which tasks are ticked, and the task that is half typed. */
type Begun = {
  ticked: ReadonlySet<string>;
  draft: { title: string; due: string; listId: string | null };
};

/** Each with the list it belongs to: what was begun at another one is not gone on with here. */
type Kept = { [K in keyof Begun]?: { of: string; begun: Begun[K] } };

const KeptContext = createContext<Kept | null>(null);

export function KeptOpen({ children }: { children: ReactNode }) {
  const [kept] = useState<Kept>({});
  return <KeptContext value={kept}>{children}</KeptContext>;
}

/** A state that outlives its component, for as long as somebody goes from task to task beside one list. */
export function useKept<K extends keyof Begun>(
  what: K,
  of: string,
  initial: Begun[K],
): [Begun[K], (begun: Begun[K]) => void] {
  const kept = useContext(KeptContext);
  if (!kept) throw new Error("useKept needs a KeptOpen above it");
  const before: Kept[K] = kept[what];
  const [begun, setBegun] = useState(before?.of === of ? before.begun : initial);
  const keep = (next: Begun[K]) => {
    kept[what] = { of, begun: next } as Kept[K];
    setBegun(next);
  };
  return [begun, keep];
}
