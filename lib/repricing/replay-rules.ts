import { z } from "zod";
import { tenge } from "@/lib/core/money";
import { canonicalJson, type Outcome, outcomeOf } from "./ledger-rules";
import { type DecisionInput, deliveries, type MarketView, type Offer } from "./model";
import { unseenWhys } from "./reason-model";
import { ruleOverrideSchema } from "./rule-model";
import { decidePrice, RULES_VERSION, resolveRule, rivalsOf } from "./rules";

/** More of our own shops on one card are kept by their places in the list: a ledger has millions of rows. */
const MOST_NAMED = 8;

/** An observed market a decision rests on, and which of its merchants were ours then. */
export type Observed = {
  observationId: string;
  offers: readonly Offer[];
  ownMerchants: ReadonlySet<string>;
};

/**
 * The inputs of a decision for the ledger: canonical JSON of at most 1 KB, the market by reference.
 * Own merchants are kept because a store added later must not change what was decided before.
 */
export function ledgerInputs(input: DecisionInput, observed: Observed | null): string {
  return canonicalJson({ ...input, market: marketReference(input.market, observed) });
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
  const { observedAt } = market;
  return { kind: "seen", observation: observationId, observedAt, ...ownOf(offers, ownMerchants) };
}

/** Which of the offers were ours: by name, or by place when they are many. Names alone know no bound. */
function ownOf(offers: readonly Offer[], ownMerchants: ReadonlySet<string>) {
  const own = offers.filter(({ merchantId }) => ownMerchants.has(merchantId));
  const names = new Set(own.map(({ merchantId }) => merchantId));
  if (names.size > MOST_NAMED) return { ownPlaces: placesOf(offers, names) };
  return { own: names.size > 0 ? [...names].sort() : [...ownMerchants].sort().slice(0, 1) };
}

/** One bit for each offer, four to a hex digit: 256 offers are 64 digits. */
function placesOf(offers: readonly Offer[], own: ReadonlySet<string>): string {
  return Array.from({ length: Math.ceil(offers.length / 4) }, (_, nth) => {
    const four = offers.slice(nth * 4, nth * 4 + 4);
    return four
      .reduce((bits, { merchantId }, place) => bits + (own.has(merchantId) ? 2 ** place : 0), 0)
      .toString(16);
  }).join("");
}

/** The merchants at the places that `placesOf` has kept. */
function merchantsAt(offers: readonly Offer[], places: string): ReadonlySet<string> {
  const isOwn = (place: number) =>
    (Number.parseInt(places[place >> 2] ?? "0", 16) >> (place % 4)) % 2 === 1;
  return new Set(offers.filter((_, place) => isOwn(place)).map(({ merchantId }) => merchantId));
}

const amount = z.int().min(0).transform(tenge);
const instant = z.iso.datetime().transform((text) => new Date(text));
const limits = {
  enabled: z.boolean(),
  floor: amount.nullable(),
  ceiling: amount.nullable(),
  gaps: z.array(z.tuple([amount, amount])).exactOptional(),
};
const storedInputs = z.strictObject({
  now: instant,
  rule: z.strictObject({ ...ruleOverrideSchema.shape, ...limits }),
  unreadableRule: z.literal(true).exactOptional(),
  anchor: amount.nullable(),
  current: amount.nullable(),
  manualLock: z.boolean(),
  onSale: z.boolean(),
  hasCard: z.boolean(),
  minuteOfWeek: z.int().min(0).max(10_079),
  ownDelivery: z.enum(deliveries).nullable(),
  lead: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("hold") }),
      z.strictObject({ kind: z.literal("behind"), price: amount }),
    ])
    .nullable(),
  approved: amount.exactOptional(),
  market: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("seen"),
      observation: z.string(),
      observedAt: instant,
      own: z.array(z.string()).min(1).exactOptional(),
      ownPlaces: z
        .string()
        .regex(/^[0-9a-f]+$/)
        .exactOptional(),
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
  const own = market.own ? new Set(market.own) : merchantsAt(offers, market.ownPlaces ?? "");
  if (own.size === 0) return null;
  const rivals = rivalsOf(offers, own);
  return { ...input, market: { kind: "seen", rivals, observedAt: market.observedAt } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
