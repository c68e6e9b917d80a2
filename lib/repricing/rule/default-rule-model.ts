import { tenge } from "@/lib/core/money";
import type { RepricingRule } from "./rule-model";

/** What a rule says where neither store nor product nor city says anything. */
export const defaultRule: RepricingRule = {
  enabled: false,
  strategy: { kind: "undercut" },
  step: { unit: "tenge", value: tenge(1) },
  floor: null,
  ceiling: null,
  whenAlone: { kind: "hold" },
  whenFirst: "raise",
  whenBlocked: "floor",
  floorFromCost: false,
  ceilingMarkup: null,
  ignorePreorders: true,
  excludeRivals: [],
  onlyRivals: [],
  minRating: null,
  minReviews: null,
  fastAsOurs: false,
  outlierPercent: null,
  rounding: { kind: "to", value: 1 },
  maxDrop: 15,
  maxRise: 30,
  freeze: 40,
  schedule: null,
  lowStock: null,
  intervalMinutes: 5,
};
