import type { Offer } from "@/lib/repricing/decide/model";
import { parseInputs, replay } from "@/lib/repricing/decide/replay-rules";
import {
  type Break,
  breakAt,
  type LedgerEntry,
  type LedgerHead,
  type Seal,
  type Sha256,
} from "./ledger-rules";

/** What is wrong with a decision. Texts: the command's. */
export type Flaw =
  | Break
  /** Decided again, it comes out otherwise. */
  | "differs"
  /** Its inputs are none that the rules of its version could have had. */
  | "unreadable"
  /** The price it was to be a change of is not the one it was decided from. */
  | "price_before"
  /** The market it refers to is not the one it was decided from. */
  | "observation";

/** How a decision was checked. */
export type Checked = "replayed" | "by_person" | "older_rules" | "market_gone";

export type RowVerdict = { flaw: Flaw | null; checked: Checked };

/** What replaying needs of the inputs besides what the rules read. */
type Stamped = { current?: unknown; market?: { observation?: unknown } };

/**
 * Checks one decision: that it follows the one before it, and, if a bot made it by the present rules, that
 * it comes out the same again. `offers` are those of its market, or null when it is no longer kept.
 */
export function judgeRow(
  {
    entry,
    priceBefore,
    offers,
  }: {
    entry: LedgerEntry & Seal;
    priceBefore: number | null;
    offers: readonly Offer[] | null;
  },
  last: LedgerHead,
  sha256: Sha256,
): RowVerdict {
  const broken = breakAt(entry, last, sha256);
  if (broken) return { flaw: broken, checked: "older_rules" };
  if (entry.origin !== "bot") return { flaw: null, checked: "by_person" };
  const inputs = parseInputs(entry.inputs);
  if (inputs === null) return { flaw: "unreadable", checked: "older_rules" };
  const flaw = misplaced(inputs as Stamped, entry.observationId, priceBefore);
  if (flaw) return { flaw, checked: "older_rules" };
  if (entry.observationId !== null && offers === null)
    return { flaw: null, checked: "market_gone" };
  const verdict = replay(entry, offers, inputs);
  if (verdict === "older_rules") return { flaw: null, checked: "older_rules" };
  return { flaw: verdict === "same" ? null : verdict, checked: "replayed" };
}

function misplaced(
  { current, market }: Stamped,
  observationId: string | null,
  priceBefore: number | null,
): Flaw | null {
  if (current !== priceBefore) return "price_before";
  const seen = market?.observation;
  return seen !== undefined && seen !== observationId ? "observation" : null;
}
