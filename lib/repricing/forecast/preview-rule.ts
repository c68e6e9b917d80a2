import type { Caller } from "@/lib/auth/model";
import { earningsOf } from "@/lib/costs/margins";
import type { Tx } from "@/lib/db/client";
import { findProduct } from "@/lib/products/queries";
import { deliveryOf, momentOf, ruleOf, stateOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import { type WayToFirst, wayToFirst } from "@/lib/repricing/decide/first-place-rules";
import type { MarketView, PriceDecision } from "@/lib/repricing/decide/model";
import { decidePrice, effectiveCeiling, rivalsOf } from "@/lib/repricing/decide/rules";
import { type ObservedMarket, observedMarket } from "@/lib/repricing/ledger/history-queries";
import {
  type RepricingRule,
  type RuleOverride,
  ruleOverrideSchema,
} from "@/lib/repricing/rule/rule-model";
import { knownMerchants, ownMerchants, readableStore } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";

export type Preview = {
  rule: RepricingRule;
  /** What the product says itself, and the store's rule that the rest is taken from. */
  override: RuleOverride;
  above: RepricingRule;
  /** What the city says itself, and the product's rule that the rest is taken from. */
  here: { override: RuleOverride; above: RepricingRule };
  /** The highest price the bot may set now, ₸; null without a floor. */
  ceiling: number | null;
  /** What the rule would do to the market as last read, however long ago, with the bot on. */
  decision: PriceDecision | null;
  market: ObservedMarket | null;
  /** What would make it first on that market, and what one unit earns now and there, ₸. */
  first: (WayToFirst & { earns: number | null; earnsNow: number | null }) | null;
  /** The store's own merchant, and those that are ours in the caller's eyes. */
  merchantId: string;
  knownMerchants: ReadonlySet<string>;
};

/**
 * The rule of a product in a city, or in its leading one, and what it would do now, from what is stored: nothing is read or saved. A
 * draft takes the place of what the product, or the city, has of its own.
 */
export async function previewRule(
  tx: Tx,
  caller: Caller,
  productId: string,
  now: Date,
  city: string | null = null,
  draft?: RuleOverride,
): Promise<Preview> {
  const product = await findProduct(tx, caller, productId, city);
  const store = await readableStore(tx, caller, product.storeId);
  const { merchantId } = store;
  const own = new Set([...(await ownMerchants(tx)), merchantId]);
  const known = await knownMerchants(tx, caller);
  const market = product.observationId ? await observedMarket(tx, product.observationId) : null;
  const stored = await subjectOf(tx, productId, now, city);
  const tried = draft && (city === null ? { rule: draft } : { cityRule: draft });
  const subject = stored && { ...stored, ...tried };
  const inherited = { ...product, rule: {} };
  const resolved = ruleOf(store, subject ?? inherited);
  const { rule } = resolved;
  const rules = {
    rule,
    override: ruleOverrideSchema.safeParse(subject?.rule).data ?? {},
    above: ruleOf(store, inherited).rule,
    here: {
      override: ruleOverrideSchema.safeParse(subject?.cityRule).data ?? {},
      above: ruleOf(store, subject ? { ...subject, cityRule: {} } : inherited).rule,
    },
  };
  const ceiling =
    rule.floor === null
      ? null
      : effectiveCeiling({ ...rule, floor: rule.floor, anchor: product.anchor ?? product.price });
  if (!subject || !market)
    return {
      ...rules,
      ceiling,
      decision: null,
      market,
      first: null,
      merchantId,
      knownMerchants: known,
    };
  const view: MarketView = { kind: "seen", rivals: rivalsOf(market.offers, own), observedAt: now };
  const { timeZone } = await getWorkspace(tx);
  const input = {
    ...momentOf(now, timeZone),
    ...resolved,
    ...stateOf(subject),
    ownDelivery: deliveryOf(market.offers, merchantId),
    market: view,
  };
  const decision = decidePrice({ ...input, rule: { ...rule, enabled: true } });
  const others = market.offers.filter((offer) => offer.merchantId !== merchantId);
  const way = wayToFirst(input, others);
  const earns = await earningsOf(tx, [product], now);
  const first = way && {
    ...way,
    earns: way.kind === "way" ? earns(productId, way.price) : null,
    earnsNow: input.current === null ? null : earns(productId, input.current),
  };
  return { ...rules, ceiling, decision, market, first, merchantId, knownMerchants: known };
}
