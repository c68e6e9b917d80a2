import type { DecisionState } from "@/lib/repricing/decide/model";

/** What the ledger can be narrowed by. No schema in here: the browser needs these lists, too. */
export const LEDGER_PAGE = 50;
export const RUNS_PAGE = 50;
/** A file holds this many decisions at most; who wants more narrows the period. */
export const MOST_EXPORTED = 100_000;

export const ledgerPeriods = { day: 1, week: 7, month: 30 } as const;
export type LedgerPeriod = keyof typeof ledgerPeriods;

export const ledgerKinds = ["change", "hold", "skip"] as const;
export const ledgerOrigins = ["bot", "manual", "undo"] as const;

export const ledgerStates = [
  "pending",
  "sending",
  "sent",
  "confirmed",
  "rejected",
  "refused",
  "expired",
  "superseded",
  "frozen",
  "held",
  "none",
] as const satisfies readonly DecisionState[];

/** So many prices are asked about at a time; the next ones come when these are answered. */
export const APPROVALS_SHOWN = 100;

export const exportFormats = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];
