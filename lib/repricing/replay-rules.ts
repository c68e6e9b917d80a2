import { z } from "zod";
import { tenge } from "@/lib/core/money";
import { canonicalJson, type Outcome, outcomeOf } from "./ledger-rules";
import { type DecisionInput, deliveries, type MarketView, type Offer } from "./model";
import { merchantsAt, placesOf } from "./place-bits-rules";
import { unseenWhys } from "./reason-model";
import { isListed } from "./rival-filter-rules";
import { type RepricingRule, ruleOverrideSchema } from "./rule-model";
import { decidePrice, RULES_VERSION, resolveRule, rivalsOf } from "./rules";

/** Own shops beyond so many letters are kept by their places in the list: a ledger has millions of rows. */
const MOST_NAMED_LETTERS = 60;

/** An observed market a decision rests on, and which of its merchants were ours then. */
export type Observed = {
  observationId: string;
  offers: readonly Offer[];
  ownMerchants: ReadonlySet<string>;
};

/**
 * The inputs of a decision for the ledger: canonical JSON of at most 1 KB, the market by reference.
 * Own merchants are kept because a store added later must not change what was decided before; of the
 * lists of a rule, only what they mean for this market. What does not matter to the rule is left out.
 */
export function ledgerInputs(input: DecisionInput, observed: Observed | null): string {
  const { rule, minuteOfWeek, ownDelivery, lead, market, ...rest } = input;
  const { excludeRivals: _excluded, onlyRivals: _only, ...kept } = rule;
  return canonicalJson({
    ...rest,
    rule: kept,
    ...(rule.schedule && { minuteOfWeek }),
    ...(rule.fastAsOurs && ownDelivery && { ownDelivery }),
    ...(lead && { lead }),
    market: marketReference(market, rule, observed),
  });
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

function marketReference(
  market: MarketView,
  rule: RepricingRule,
  observed: Observed | null,
): unknown {
  if (market.kind === "unseen") return market;
  if (!observed) throw new TypeError("a seen market is recorded by its observation");
  const { observationId, offers, ownMerchants } = observed;
  const { observedAt } = market;
  return {
    kind: "seen",
    observation: observationId,
    observedAt,
    ...ownOf(offers, ownMerchants),
    ...unlistedOf(offers, rule),
  };
}

/** Which of the offers were ours: by name, or by place when that is shorter. Names alone know no bound. */
function ownOf(offers: readonly Offer[], ownMerchants: ReadonlySet<string>) {
  const listed = new Set(
    offers.flatMap(({ merchantId }) => (ownMerchants.has(merchantId) ? [merchantId] : [])),
  );
  const own = listed.size > 0 ? [...listed].sort() : [...ownMerchants].sort().slice(0, 1);
  if (listed.size === 0 || own.join().length <= MOST_NAMED_LETTERS) return { own };
  return { ownPlaces: placesOf(offers, ({ merchantId }) => listed.has(merchantId)) };
}

/** Which of the offers the lists of the rule leave out, by place. */
function unlistedOf(offers: readonly Offer[], rule: RepricingRule) {
  const unlisted = placesOf(offers, (offer) => !isListed(rule, offer));
  return /[^0]/.test(unlisted) ? { unlisted } : {};
}

const amount = z.int().min(0).transform(tenge);
const instant = z.iso.datetime().transform((text) => new Date(text));
const places = z.string().regex(/^[0-9a-f]+$/);
const limits = {
  enabled: z.boolean(),
  floor: amount.nullable(),
  ceiling: amount.nullable(),
  gaps: z.array(z.tuple([amount, amount])).exactOptional(),
};
const storedInputs = z.strictObject({
  now: instant,
  minuteOfWeek: z.int().min(0).max(10_079).default(0),
  rule: z.strictObject({ ...ruleOverrideSchema.shape, ...limits }),
  unreadableRule: z.literal(true).exactOptional(),
  anchor: amount.nullable(),
  current: amount.nullable(),
  manualLock: z.boolean(),
  onSale: z.boolean(),
  hasCard: z.boolean(),
  ownDelivery: z.enum(deliveries).nullable().default(null),
  lead: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("hold") }),
      z.strictObject({ kind: z.literal("behind"), price: amount }),
    ])
    .nullable()
    .default(null),
  approved: amount.exactOptional(),
  market: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("seen"),
      observation: z.string(),
      observedAt: instant,
      own: z.array(z.string()).min(1).exactOptional(),
      ownPlaces: places.exactOptional(),
      unlisted: places.exactOptional(),
    }),
    z.strictObject({ kind: z.literal("unseen"), why: z.enum(unseenWhys) }),
  ]),
});

function readInputs(text: string, offers: readonly Offer[] | null): DecisionInput | null {
  const parsed = storedInputs.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { market, rule: stored, ...rest } = parsed.data;
  const rule = resolveRule(stored, stored);
  if (market.kind === "unseen") return { ...rest, rule, market };
  if (!offers) return null;
  const own = market.own ? new Set(market.own) : merchantsAt(offers, market.ownPlaces ?? "");
  if (own.size === 0) return null;
  const excludeRivals = [...merchantsAt(offers, market.unlisted ?? "")];
  const rivals = rivalsOf(offers, own);
  const seen = { kind: "seen", rivals, observedAt: market.observedAt } as const;
  return { ...rest, rule: { ...rule, excludeRivals }, market: seen };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
