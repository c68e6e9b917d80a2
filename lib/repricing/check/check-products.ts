import { hash, randomUUID } from "node:crypto";
import type { KaspiAccess } from "@/lib/exits/access";
import { type MarketRead, readMarket } from "@/lib/exits/read-market";
import type { MarketOffer } from "@/lib/kaspi/competitor-offers";
import type {
  DecisionInput,
  MarketView,
  Offer,
  PriceDecision,
  RivalOffer,
} from "@/lib/repricing/decide/model";
import { countRivals } from "@/lib/repricing/decide/rival-filter-rules";
import { decidePrice, resolveRule, rivalsOf } from "@/lib/repricing/decide/rules";
import { minuteOfWeek } from "@/lib/repricing/decide/schedule-rules";
import { isAsFarAs, isUnspent } from "@/lib/repricing/hold/answer-rules";
import { setCeiling } from "@/lib/repricing/rule/ceiling-rules";
import { effectiveFloor } from "@/lib/repricing/rule/floor-rules";
import { readRule } from "@/lib/repricing/rule/read-rule";
import type { RepricingRule } from "@/lib/repricing/rule/rule-model";
import { ownMerchants, type Store } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import type { CheckSubject } from "./check-queries";

export const sha256 = (text: string) => hash("sha256", text);

export type Observed = {
  observationId: string;
  /** The same as the last time: nothing to store. */
  isKnown: boolean;
  contentHash: string;
  offers: MarketOffer[];
  total: number;
  ownMerchants: ReadonlySet<string>;
  observedAt: Date;
};

/** What a look at one product has come to; nothing is saved yet. */
export type Check = {
  subject: CheckSubject;
  rule: RepricingRule;
  input: DecisionInput;
  decision: PriceDecision;
  observed: Observed | null;
};

const nothingOwn = {};

/**
 * The rule of a subject: the store's, then the product's, then its city's. One that cannot be read stops its products and
 * nothing else: nothing is decided by what is left of it.
 */
export function ruleOf(
  store: Pick<Store, "rule">,
  subject: Pick<
    CheckSubject,
    "botEnabled" | "floor" | "ceiling" | "costFloor" | "costGaps" | "costInFull" | "rule"
  > & { cityRule?: unknown },
): Pick<DecisionInput, "rule" | "unreadableRule"> {
  const limits = { enabled: subject.botEnabled, floor: subject.floor, ceiling: subject.ceiling };
  const above = readRule(store.rule);
  const own = readRule(subject.rule);
  const here = readRule(subject.cityRule ?? nothingOwn);
  const resolved = resolveRule(limits, above.data ?? {}, own.data ?? {}, here.data ?? {});
  const { floorFromCost, ceilingMarkup: markup } = resolved;
  const { floor: typed, costFloor: computed, costGaps: gaps } = subject;
  const floor = effectiveFloor({ typed, computed, gaps, floorFromCost });
  const { costInFull } = subject;
  const { ceiling, fromCost } = setCeiling({ typed: subject.ceiling, costInFull, markup });
  const rule: RepricingRule = {
    ...resolved,
    floor,
    ceiling,
    ...(floorFromCost && gaps.length > 0 && { gaps }),
    ...(fromCost && { ceilingFromCost: true }),
  };
  return above.success && own.success && here.success ? { rule } : { rule, unreadableRule: true };
}

/** The merchants that are ours, and the installation's zone. */
export type Surroundings = { own: ReadonlySet<string>; timeZone: string };

/**
 * Decides one product: reads its market, unless the answer is known without it and nobody `looks`,
 * and applies the rule. Reading and deciding only; the caller saves.
 */
export async function checkProduct(
  access: KaspiAccess,
  store: Store,
  { own, timeZone }: Surroundings,
  subject: CheckSubject,
  { looks = false, signal }: { looks?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<Check> {
  const known = {
    ...ruleOf(store, subject),
    ...stateOf(subject),
    ...agreedOf(subject, access.clock()),
  };
  const { rule } = known;
  const blind: DecisionInput = {
    ...known,
    ...momentOf(access.clock(), timeZone),
    ownDelivery: null,
    market: { kind: "unseen", why: "not_read" },
  };
  const early = decidePrice(blind);
  if ((early.kind === "skip" && !looks) || subject.cardId === null)
    return { subject, rule, input: blind, decision: early, observed: null };
  const { cardId, cityId } = subject;
  const read = await readMarket(access, { storeId: store.id, cardId, cityId }, signal);
  const offers = read.kind === "seen" ? read.offers : [];
  const ownDelivery = deliveryOf(offers, store.merchantId);
  const counts = (rivals: RivalOffer[]) => countRivals(rule, rivals, ownDelivery).prices.length > 0;
  const isListed = offers.some(({ merchantId }) => merchantId === store.merchantId);
  const { market, observed } = understand(read, { own, isListed }, subject, counts);
  const input: DecisionInput = {
    ...known,
    ...momentOf(access.clock(), timeZone),
    ownDelivery,
    market,
  };
  return { subject, rule, input, decision: decidePrice(input), observed };
}

/** A moment as a decision wants it: with the installation's wall clock. */
export function momentOf(now: Date, timeZone: string): Pick<DecisionInput, "now" | "minuteOfWeek"> {
  return { now, minuteOfWeek: minuteOfWeek(now, timeZone) };
}

/** How fast Kaspi says that a merchant delivers; null when it is not listed. */
export function deliveryOf(
  offers: readonly Pick<Offer, "merchantId" | "delivery">[],
  merchantId: string,
): Offer["delivery"] {
  return offers.find((offer) => offer.merchantId === merchantId)?.delivery ?? null;
}

/** What a decision needs to know of the product besides rule and market. */
export function stateOf(
  subject: Pick<
    CheckSubject,
    | "anchor"
    | "inFlightPrice"
    | "shownPrice"
    | "manualLock"
    | "onSale"
    | "cardId"
    | "lead"
    | "stockDays"
  >,
) {
  return {
    anchor: subject.anchor,
    current: subject.inFlightPrice ?? subject.shownPrice,
    manualLock: subject.manualLock,
    onSale: subject.onSale,
    hasCard: subject.cardId !== null,
    lead: subject.lead,
    stockDays: subject.stockDays,
  };
}

/** What a person has agreed to, as long as it stands and leads no further than what they have seen. */
function agreedOf(subject: CheckSubject, now: Date): Pick<DecisionInput, "approved"> {
  const { answer, inFlightPrice } = subject;
  if (answer?.answer !== "agreed" || answer.until <= now) return {};
  if (!isUnspent(answer, inFlightPrice)) return {};
  return isAsFarAs(answer, stateOf(subject).current) ? { approved: answer.price } : {};
}

function understand(
  read: MarketRead,
  { own, isListed }: { own: ReadonlySet<string>; isListed: boolean },
  subject: CheckSubject,
  counts: (rivals: RivalOffer[]) => boolean,
): { market: MarketView; observed: Observed | null } {
  if (read.kind === "unseen") return { market: read, observed: null };
  const rivals = rivalsOf(read.offers, own);
  // A row nobody could read, or was not shown, may be the only rival that counts: then nobody knows
  // that we are alone.
  const missed = read.unreadable > 0 || read.total > read.offers.length;
  // So may a card where Kaspi does not show ourselves: an unknown or merged one has no offers at all.
  const why = missed ? "malformed" : isListed ? null : "not_listed";
  if (why && !counts(rivals)) return { market: { kind: "unseen", why }, observed: null };
  const contentHash = sha256(JSON.stringify([read.total, read.offers]));
  const isKnown = subject.lastObservation?.contentHash === contentHash;
  const observationId =
    isKnown && subject.lastObservation ? subject.lastObservation.id : randomUUID();
  const { offers, total, observedAt } = read;
  return {
    market: { kind: "seen", rivals, observedAt },
    observed: { observationId, isKnown, contentHash, offers, total, ownMerchants: own, observedAt },
  };
}

/** What all checks of a store share. */
export async function surroundingsOf(access: KaspiAccess, store: Store): Promise<Surroundings> {
  const { timeZone } = await getWorkspace(access.db);
  return { own: await ownMerchantsOf(access, store), timeZone };
}

/** The merchants that are never rivals of this store, itself included. */
async function ownMerchantsOf(access: KaspiAccess, store: Store): Promise<ReadonlySet<string>> {
  return new Set([...(await ownMerchants(access.db)), store.merchantId]);
}
