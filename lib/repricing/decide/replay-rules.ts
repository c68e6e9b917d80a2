import { z } from "zod";
import { tenge } from "@/lib/core/money";
import { canonicalJson, type Outcome, outcomeOf } from "@/lib/repricing/ledger/ledger-rules";
import { isCrossed } from "@/lib/repricing/rule/ceiling-rules";
import {
  lowStockSchema,
  type RepricingRule,
  ruleOverrideSchema,
} from "@/lib/repricing/rule/rule-model";
import { type DecisionInput, deliveries, type MarketView, type Offer } from "./model";
import { merchantsAt, placesOf } from "./place-bits-rules";
import { unseenWhys } from "./reason-model";
import { isListed } from "./rival-filter-rules";
import { decidePrice, RULES_VERSION, resolveRule, rivalsOf } from "./rules";
import { isAtWork, nextWork } from "./schedule-rules";
import { type Scarcity, scarcityBy } from "./stock-rules";

/** Own shops are named while that is no longer than their places in the list. */
const MOST_LETTERS = 43;

/** An observed market a decision rests on, and which of its merchants were ours then. */
export type Observed = {
  observationId: string;
  offers: readonly Offer[];
  ownMerchants: ReadonlySet<string>;
};

/**
 * The inputs of a decision for the ledger: canonical JSON of at most 1 KB, the market by reference.
 * Own merchants are kept because a store added later must not change what was decided before; of the
 * lists and the schedule of a rule, what they mean for this market at this minute.
 */
export function ledgerInputs(input: DecisionInput, observed: Observed | null): string {
  const { rule, minuteOfWeek, ownDelivery, lead, stockDays, market, ...rest } = input;
  const rests = restOf(rule, minuteOfWeek);
  const scarce = rests ? null : scarcityBy(rule, stockDays);
  return canonicalJson({
    ...rest,
    rule: input.unreadableRule ? limitsOf(rule) : keptOf(rule),
    ...(rests && { rests }),
    ...(scarce && { scarce }),
    ...(rule.fastAsOurs && ownDelivery && { ownDelivery }),
    ...(lead && { lead }),
    market: marketReference(market, rests || scarce ? null : rule, observed),
  });
}

function limitsOf({ enabled, floor, ceiling, ...rule }: RepricingRule) {
  return { enabled, floor, ceiling, ...sourcesOf({ floor, ceiling, ...rule }) };
}

/** Where limits are from matters only while they let nothing through. */
function sourcesOf(
  rule: Pick<RepricingRule, "floor" | "ceiling" | "floorFromCost" | "ceilingFromCost">,
) {
  const { floorFromCost, ceilingFromCost } = rule;
  return {
    ...(rule.floor === null && { floorFromCost }),
    ...(ceilingFromCost && isCrossed(rule) && { ceilingFromCost }),
  };
}

/** A rule without what is kept elsewhere, or is in its limits already. */
function keptOf(rule: RepricingRule) {
  const { excludeRivals: _excluded, onlyRivals: _only, ...kept } = rule;
  const {
    schedule: _schedule,
    lowStock: _stock,
    floorFromCost: _floor,
    ceilingFromCost: _ceiling,
    ceilingMarkup: _markup,
    ...others
  } = kept;
  return { ...others, ...sourcesOf(rule) };
}

/** What the schedule says at this minute; null: the bot works. */
function restOf({ schedule }: RepricingRule, minute: number) {
  if (!schedule || isAtWork(schedule, minute)) return null;
  return { outside: schedule.outside, wakes: nextWork(schedule, minute) };
}

export type ReplayVerdict = "same" | "differs" | "older_rules" | "unreadable";

/** Decides again from what the ledger holds. `offers` are those of the observation, if there is one. */
export function replay(
  entry: { inputs: string; rulesVersion: number; outcome: Outcome },
  offers: readonly Offer[] | null,
  inputs: unknown = parseInputs(entry.inputs),
): ReplayVerdict {
  if (entry.rulesVersion !== RULES_VERSION) return "older_rules";
  const input = readInputs(inputs, offers);
  if (!input) return "unreadable";
  return isSame(outcomeOf(decidePrice(input)), entry.outcome) ? "same" : "differs";
}

/** Whether two values are one canonical JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || one === null) return one === other;
  if (typeof other !== "object" || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [held, against] = [one, other] as Readonly<Record<string, unknown>>[];
  return (
    Object.keys(one).every((key) => isSame(held?.[key], against?.[key])) &&
    Object.keys(other).every((key) => against?.[key] === undefined || held?.[key] !== undefined)
  );
}

function marketReference(
  market: MarketView,
  rule: RepricingRule | null,
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
    ...(rule && unlistedOf(offers, rule)),
  };
}

/** Which of the offers were ours: by name, or by place when that is shorter. Names alone know no bound. */
function ownOf(offers: readonly Offer[], ownMerchants: ReadonlySet<string>) {
  const listed = new Set(
    offers.flatMap(({ merchantId }) => (ownMerchants.has(merchantId) ? [merchantId] : [])),
  );
  const own = listed.size > 0 ? [...listed].sort() : [...ownMerchants].sort().slice(0, 1);
  if (listed.size === 0 || JSON.stringify(own).length <= MOST_LETTERS) return { own };
  return { ownPlaces: placesOf(offers, ({ merchantId }) => listed.has(merchantId)) };
}

/** Which of the offers the lists of the rule leave out, by place. */
function unlistedOf(offers: readonly Offer[], rule: RepricingRule) {
  const unlisted = placesOf(offers, (offer) => !isListed(rule, offer));
  return /[^0]/.test(unlisted) ? { unlisted } : {};
}

const amount = z.int().min(0).transform(tenge);
const instant = z.iso.datetime().transform((text) => new Date(text));
const places = z.string().regex(/^[\w-]+$/);
const limits = {
  enabled: z.boolean(),
  floor: amount.nullable(),
  ceiling: amount.nullable(),
  gaps: z.array(z.tuple([amount, amount])).exactOptional(),
  ceilingFromCost: z.literal(true).exactOptional(),
};
const storedInputs = z.strictObject({
  now: instant,
  rests: z
    .strictObject({ outside: z.enum(["hold", "ceiling"]), wakes: z.int().min(0).max(10_079) })
    .exactOptional(),
  scarce: lowStockSchema.extend({ left: z.int().min(0) }).exactOptional(),
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

function readInputs(inputs: unknown, offers: readonly Offer[] | null): DecisionInput | null {
  const parsed = storedInputs.safeParse(inputs);
  if (!parsed.success) return null;
  const { market, rule: stored, rests, scarce, ...rest } = parsed.data;
  const rule = resolveRule(stored, { ...stored, ...lowStockOf(scarce) });
  const input = { ...rest, ...atThisMinute(rule, rests), stockDays: scarce?.left ?? null };
  if (market.kind === "unseen") return { ...input, market };
  if (!offers) return null;
  const own = market.own ? new Set(market.own) : merchantsAt(offers, market.ownPlaces ?? "");
  if (own.size === 0) return null;
  const rivals = rivalsOf(offers, own);
  const seen = {
    ...input,
    market: { kind: "seen", rivals, observedAt: market.observedAt },
  } as const;
  if (!market.unlisted) return seen;
  const excludeRivals = [...merchantsAt(offers, market.unlisted)];
  return { ...seen, rule: { ...input.rule, excludeRivals } };
}

function lowStockOf(scarce: Scarcity | undefined): Pick<RepricingRule, "lowStock"> {
  return { lowStock: scarce ? { days: scarce.days, price: scarce.price } : null };
}

/** A schedule that says at its minute what the real one said at its own. */
function atThisMinute(rule: RepricingRule, rests: z.output<typeof storedInputs>["rests"]) {
  if (!rests) return { rule, minuteOfWeek: 0 };
  const { outside, wakes } = rests;
  const [day, from] = [Math.floor(wakes / 1440) + 1, wakes % 1440];
  const windows = [{ days: [day], from, to: (from + 1) % 1440 }];
  return {
    rule: { ...rule, schedule: { windows, outside } },
    minuteOfWeek: (wakes + 10_079) % 10_080,
  };
}

/** The inputs as they were written down, not looked at yet; null: they are no JSON. */
export function parseInputs(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
