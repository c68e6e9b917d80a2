import type { Tenge } from "@/lib/core/money";
import type { Offer, PriceDecision } from "@/lib/repricing/decide/model";
import { placeAt } from "@/lib/repricing/decide/place-rules";
import type { Reason } from "@/lib/repricing/decide/reason-model";
import type { DeepestCut, MarketForecast } from "./forecast-model";

/** One price of a product as changed rules would have it. */
export type Foreseen = {
  name: string;
  /** Null: Kaspi has shown none. */
  current: Tenge | null;
  /** Every offer on the card but this store's own; null: nobody has looked. */
  others: readonly Offer[] | null;
  seenAt: number | null;
  decision: PriceDecision;
  /** ₸ that one unit earns at a price; null: not everything is known. */
  earns: (price: Tenge) => number | null;
};

/** The forecast with one more price in it. */
export function foresee(forecast: MarketForecast, foreseen: Foreseen): MarketForecast {
  const { decision, current, others } = foreseen;
  if (decision.kind === "skip") {
    const { reason } = decision;
    const skipped = { ...forecast.skipped, [reason]: (forecast.skipped[reason] ?? 0) + 1 };
    return { ...forecast, skipped };
  }
  if (others === null || current === null) return { ...forecast, unseen: forecast.unseen + 1 };
  const price = decision.kind === "change" ? decision.price : current;
  const by = price - current;
  return {
    ...forecast,
    decided: forecast.decided + 1,
    up: forecast.up + Number(by > 0),
    down: forecast.down + Number(by < 0),
    risesBy: forecast.risesBy + Math.max(by, 0),
    fallsBy: forecast.fallsBy + Math.max(-by, 0),
    first: {
      before: forecast.first.before + Number(isFirst(current, others)),
      after: forecast.first.after + Number(isFirst(price, others)),
    },
    blocked: forecast.blocked + Number(isBlocked(decision)),
    frozen: forecast.frozen + Number(decision.reason === "anomaly_frozen"),
    profit: withProfit(forecast.profit, foreseen, current, price),
    deepest: deeper(forecast.deepest, { name: foreseen.name, price: current, to: price }),
    seenSince: earlier(forecast.seenSince, foreseen.seenAt),
  };
}

const isFirst = (price: Tenge, others: readonly Offer[]) => placeAt(price, others).place === 1;

const blocked: ReadonlySet<unknown> = new Set<Reason>([
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
  "blocked_hold",
]);

/** Guards may have the last word; what stood in the way before them is kept in the trail. */
function isBlocked({ reason, params, trail }: PriceDecision): boolean {
  return (
    blocked.has(reason) ||
    blocked.has(params.because) ||
    trail.some(({ clamp }) => clamp === "blocked")
  );
}

function withProfit(
  profit: MarketForecast["profit"],
  { earns }: Foreseen,
  current: Tenge,
  price: Tenge,
): MarketForecast["profit"] {
  const before = earns(current);
  const after = price === current ? before : earns(price);
  if (before === null || after === null) return profit;
  return {
    products: profit.products + 1,
    before: profit.before + before,
    after: profit.after + after,
  };
}

function deeper(
  deepest: DeepestCut | null,
  { name, price, to }: Omit<DeepestCut, "percent">,
): DeepestCut | null {
  if (to >= price) return deepest;
  const percent = Math.round(((price - to) / price) * 1000) / 10;
  return deepest && deepest.percent >= percent ? deepest : { name, price, to, percent };
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || (other !== null && other < one) ? other : one;
