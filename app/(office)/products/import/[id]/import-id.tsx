"use client";

import { createContext, type ReactNode, useContext } from "react";

/** Which import the page is of, and whether it still waits for a decision. */
export type ImportAtHand = { importId: string; isOpen: boolean };

const Context = createContext<ImportAtHand | null>(null);

export function ImportIdProvider({
  value,
  children,
}: {
  value: ImportAtHand;
  children: ReactNode;
}) {
  return <Context value={value}>{children}</Context>;
}

export function useImportId(): ImportAtHand {
  const value = useContext(Context);
  if (!value) throw new Error("useImportId needs an ImportIdProvider above it");
  return value;
}
