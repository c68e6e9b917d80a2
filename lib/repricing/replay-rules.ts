import { z } from "zod";
import { tenge } from "@/lib/core/money";
import { canonicalJson, type Outcome, outcomeOf } from "./ledger-rules";
import { type DecisionInput, type MarketView, type Offer, ruleOverrideSchema } from "./model";
import { unseenWhys } from "./reason-model";
import { decidePrice, RULES_VERSION, resolveRule, rivalsOf } from "./rules";

/** Larger inputs do not belong in a ledger of millions of rows. Bytes. */
const LARGEST_INPUTS = 1024;

/** An observed market a decision rests on, and which of its merchants were ours then. */
export type Observed = {
  observationId: string;
  offers: readonly Offer[];
  ownMerchants: ReadonlySet<string>;
};

/**
 * The inputs of a decision for the ledger: canonical JSON of at most 1 KB, the market by reference.
 * Own merchants are kept because a store added later must not change what was decided before.
 * Throws a RangeError when it is larger.
 */
export function ledgerInputs(input: DecisionInput, observed: Observed | null): string {
  const text = canonicalJson({ ...input, market: marketReference(input.market, observed) });
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LARGEST_INPUTS) throw new RangeError(`ledger inputs of ${bytes} bytes`);
  return text;
}

export type ReplayVerdict = "same" | "differs" | "older_rules" | "unreadable";

/** Decides again from what the ledger holds. `offers` are those of the observation, if there is one. */
export function replay(
  entry: { inputs: string; rulesVersion: number; outcome: Outcome },
  offers: readonly Offer[] | null,
): ReplayVerdict {
  if (entry.rulesVersion !== RULES_VERSION) return "older_rules";
  const input = readInputs(entry.inputs, offers);
  if (!input) return "unreadable";
  const again = canonicalJson(outcomeOf(decidePrice(input)));
  return again === canonicalJson(entry.outcome) ? "same" : "differs";
}

function marketReference(market: MarketView, observed: Observed | null): unknown {
  if (market.kind === "unseen") return market;
  if (!observed) throw new TypeError("a seen market is recorded by its observation");
  const { observationId, offers, ownMerchants } = observed;
  const present = new Set(offers.map((offer) => offer.merchantId));
  const own = [...ownMerchants].sort();
  const listed = own.filter((merchant) => present.has(merchant));
  return {
    kind: "seen",
    observation: observationId,
    observedAt: market.observedAt,
    own: listed.length > 0 ? listed : own.slice(0, 1),
  };
}

const amount = z.int().min(0).transform(tenge);
const instant = z.iso.datetime().transform((text) => new Date(text));
const limits = { enabled: z.boolean(), floor: amount.nullable(), ceiling: amount.nullable() };
const storedInputs = z.strictObject({
  now: instant,
  rule: z.strictObject({ ...ruleOverrideSchema.shape, ...limits }),
  unreadableRule: z.literal(true).exactOptional(),
  anchor: amount.nullable(),
  current: amount.nullable(),
  manualLock: z.boolean(),
  onSale: z.boolean(),
  hasCard: z.boolean(),
  market: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("seen"),
      observation: z.string(),
      observedAt: instant,
      own: z.array(z.string()).min(1),
    }),
    z.strictObject({ kind: z.literal("unseen"), why: z.enum(unseenWhys) }),
  ]),
});

function readInputs(text: string, offers: readonly Offer[] | null): DecisionInput | null {
  const parsed = storedInputs.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { market, rule, ...rest } = parsed.data;
  const input = { ...rest, rule: resolveRule(rule, rule) };
  if (market.kind === "unseen") return { ...input, market };
  if (!offers) return null;
  const rivals = rivalsOf(offers, new Set(market.own));
  return { ...input, market: { kind: "seen", rivals, observedAt: market.observedAt } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
