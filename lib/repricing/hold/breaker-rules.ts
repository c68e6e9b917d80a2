import type { Tenge } from "@/lib/core/money";

/** A price that is to change, or has just changed: from what to what, ₸. */
export type Move = { before: Tenge | null; after: Tenge };

export type MoveCount = { changes: number; drops: number };

/** A fall by more than this percentage counts. */
const DEEP_PERCENT = 10;
/** So many of them, and more than this percentage of all changes, are no coincidence. */
const FEWEST_DROPS = 10;
const SHARE_PERCENT = 20;

export function countMoves(moves: readonly Move[]): MoveCount {
  return { changes: moves.length, drops: moves.filter(isDeep).length };
}

/** Whether so many prices fall so far at once that a person must look first. */
export function breaks({ changes, drops }: MoveCount): boolean {
  return drops >= FEWEST_DROPS && drops * 100 > changes * SHARE_PERCENT;
}

function isDeep({ before, after }: Move): boolean {
  return before !== null && (before - after) * 100 > before * DEEP_PERCENT;
}
