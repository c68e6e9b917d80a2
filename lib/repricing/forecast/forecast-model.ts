import type { Tenge } from "@/lib/core/money";
import type { SkipReason } from "@/lib/repricing/decide/reason-model";

/** The deepest cut that would be sent, with the product it would happen to. */
export type DeepestCut = { name: string; price: Tenge; to: Tenge; percent: number };

/** What changed rules would make of the markets as last seen, before anything is saved. */
export type MarketForecast = {
  /** Prices that the bot would decide: one for each city a product is priced in. */
  decided: number;
  /** Nobody has seen their market yet. */
  unseen: number;
  /** Left alone, by the reason: the bot is off, no floor. */
  skipped: Partial<Record<SkipReason, number>>;
  up: number;
  down: number;
  /** By how much prices change all in all, and the dearer and the cheaper ones alone, ₸. */
  risesBy: number;
  fallsBy: number;
  /** Strictly cheapest on their cards: at present, and with these rules. */
  first: { before: number; after: number };
  /** Where the floor keeps a price from where the rule wants it. */
  blocked: number;
  /** Changes so large that a person is asked first. */
  frozen: number;
  /** What one unit of each product earns at its price, ₸, summed up over those with known costs. */
  profit: { products: number; before: number; after: number };
  deepest: DeepestCut | null;
  /** When the market that was seen longest ago was seen, in milliseconds. */
  seenSince: number | null;
};

export const nothingForeseen: MarketForecast = {
  decided: 0,
  unseen: 0,
  skipped: {},
  up: 0,
  down: 0,
  risesBy: 0,
  fallsBy: 0,
  first: { before: 0, after: 0 },
  blocked: 0,
  frozen: 0,
  profit: { products: 0, before: 0, after: 0 },
  deepest: null,
  seenSince: null,
};
