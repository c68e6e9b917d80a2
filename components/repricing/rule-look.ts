import type { MarketForecast } from "@/lib/repricing/forecast/forecast-model";

/** What would come of a rule before it is saved. */
export type RuleLook = {
  /** Of one product: what would be decided now, in words; null where nobody has looked yet. */
  sentence: string | null;
  market: MarketForecast;
};
