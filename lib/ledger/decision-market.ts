import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { type ObservedMarket, observedMarket } from "@/lib/repricing/ledger/history-queries";
import { knownMerchants } from "@/lib/stores/queries";
import { decidedFrom } from "./queries";

export type DecisionMarket = {
  /** Null: it was decided without the market, or what was seen is too old and forgotten. */
  market: ObservedMarket | null;
  merchantId: string;
  /** Stores of ours, in the caller's eyes. */
  knownMerchants: ReadonlySet<string>;
};

/** The market a decision was made from. Throws `not_found` for a decision the caller may not see. */
export async function decisionMarket(
  tx: Tx,
  caller: Caller,
  decisionId: string,
): Promise<DecisionMarket> {
  const decided = await decidedFrom(tx, caller, decisionId);
  if (!decided) throw new AppError("not_found", "decision_not_found");
  const { observationId, merchantId } = decided;
  const [market, known] = await Promise.all([
    observationId === null ? null : observedMarket(tx, observationId),
    knownMerchants(tx, caller),
  ]);
  return { market, merchantId, knownMerchants: known };
}
