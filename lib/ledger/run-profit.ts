import { earningsOf } from "@/lib/costs/margins";
import type { Tx } from "@/lib/db/client";
import { movesOfCheck } from "./run-queries";

/** What one unit of each earns, ₸ on average, before a check and after it. */
export type RunProfit = {
  /** Prices the check moves, and those of them whose costs are all known. */
  prices: number;
  known: number;
  before: number;
  after: number;
};

/** The effect of a check on what a unit earns, by the costs and tariffs of now; null: it moves no price. */
export async function runProfit(tx: Tx, runId: string, now: Date): Promise<RunProfit | null> {
  const moves = await movesOfCheck(tx, runId);
  if (moves.length === 0) return null;
  const earns = await earningsOf(tx, moves, now);
  const known = moves.flatMap(({ id, before, after }) => {
    const was = before === null ? null : earns(id, before);
    const becomes = after === null ? null : earns(id, after);
    return was === null || becomes === null ? [] : [{ was, becomes }];
  });
  const mean = (sum: number) => (known.length > 0 ? Math.round(sum / known.length) : 0);
  return {
    prices: moves.length,
    known: known.length,
    before: mean(known.reduce((sum, { was }) => sum + was, 0)),
    after: mean(known.reduce((sum, { becomes }) => sum + becomes, 0)),
  };
}
