import type { Caller } from "@/lib/auth/model";
import { later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { findProduct } from "@/lib/products/queries";
import { deliveryOf, ruleOf } from "@/lib/repricing/check/check-products";
import { subjectOf } from "@/lib/repricing/check/check-queries";
import type { Offer } from "@/lib/repricing/decide/model";
import { countRivals } from "@/lib/repricing/decide/rival-filter-rules";
import { rivalsOf } from "@/lib/repricing/decide/rules";
import { ownMerchants, readableStore } from "@/lib/stores/queries";
import {
  type ChartRange,
  type ChartShape,
  type ChartStep,
  MOST_POINTS,
  rangeMs,
} from "./chart-model";
import {
  type ChartDecision,
  chartDecisions,
  chartMarkets,
  decisionBefore,
  limitsSet,
} from "./chart-queries";
import {
  limitSteps,
  type PricedDecision,
  priceSteps,
  rivalSteps,
  spanKnown,
  stepsWithin,
  thinMoments,
  thinSteps,
} from "./chart-rules";

export type ProductChart = ChartShape & { decisions: ChartDecision[] };

/** How a product's price and market went in a city, or in its leading one, up to now. Throws `not_found` as every read of a product. */
export async function productChart(
  tx: Tx,
  caller: Caller,
  productId: string,
  range: ChartRange,
  now: Date,
  city: string | null = null,
): Promise<ProductChart> {
  const product = await findProduct(tx, caller, productId, city);
  const store = await readableStore(tx, caller, product.storeId);
  const subject = await subjectOf(tx, productId, now, city);
  const { rule } = ruleOf(store, subject ?? { ...product, rule: {} });
  const asked = { from: later(now, -rangeMs[range]).getTime(), to: now.getTime() };
  const { cardId, cityId } = product;
  const own = new Set([...(await ownMerchants(tx)), store.merchantId]);
  const [inside, before, set, markets] = await Promise.all([
    chartDecisions(tx, { productId, cityId }, asked),
    decisionBefore(tx, { productId, cityId }, asked.from),
    limitsSet(tx, product, asked),
    cardId ? chartMarkets(tx, { cardId, cityId }, asked) : [],
  ]);
  const known = before ? [before, ...inside] : inside;
  const span = spanKnown(asked, [
    ...known.map(({ decidedAt }) => decidedAt.getTime()),
    ...set.map(({ at }) => at),
    ...markets.map(({ first }) => first),
  ]);
  const { countingFloor: floor, countingCeiling: ceiling, anchor } = product;
  const limitsNow = { at: span.to, floor, ceiling, anchor };
  const limits = limitSteps([...known.map(limitsThen), ...set, limitsNow], anchor);
  /** The cheapest of those the present rule counts. */
  const best = (offers: readonly Offer[]) =>
    countRivals(rule, rivalsOf(offers, own), deliveryOf(offers, store.merchantId)).prices[0];
  const seen = markets.map(({ first, last, offers }) => ({
    first,
    last,
    best: best(offers) ?? null,
  }));
  const { rival, unread } = rivalSteps(seen, span, rule.intervalMinutes);
  const line = (steps: ChartStep[]) => thinSteps(stepsWithin(steps, span), MOST_POINTS);
  const shown = product.price === null ? null : { at: span.to, value: product.price };
  return {
    ...span,
    lines: {
      price: line(priceSteps(known.map(priced), shown)),
      rival: line(rival),
      floor: line(limits.floor),
      ceiling: line(limits.ceiling),
    },
    unread: unread.map(({ from, to }) => ({ from: Math.max(from, span.from), to })),
    decisions: thinMoments(
      inside.map((decision) => ({ at: decision.decidedAt.getTime(), decision })),
      MOST_POINTS,
      ({ decision }) => (wasSent(decision) ? 2 : decision.kind === "change" ? 1 : 0),
    ).map(({ decision }) => decision),
  };
}

function wasSent({ state }: ChartDecision): boolean {
  return state === "sent" || state === "confirmed";
}

function priced(decision: ChartDecision): PricedDecision {
  const { decidedAt, sentAt, priceBefore, price } = decision;
  return {
    decidedAt: decidedAt.getTime(),
    sentAt: sentAt?.getTime() ?? null,
    priceBefore,
    price,
    wasSent: wasSent(decision),
  };
}

function limitsThen({ decidedAt, floor, ceiling, anchor }: ChartDecision) {
  return { at: decidedAt.getTime(), floor, ceiling, anchor };
}
