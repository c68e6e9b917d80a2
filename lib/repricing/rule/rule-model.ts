import { z } from "zod";
import { HIGHEST_PRICE, LOWEST_KASPI_PRICE, type Tenge, tenge } from "@/lib/core/money";
import { storable } from "@/lib/core/text";
import type { PriceGap } from "@/lib/costs/model";
import {
  HIGHEST_ENDING,
  HIGHEST_MARKUP,
  MOST_PLACES,
  MOST_REVIEWS,
  MOST_SELLERS,
  MOST_STOCK_DAYS,
  MOST_WINDOWS,
} from "./rule-bounds-model";

export const priceSchema = z.int().min(LOWEST_KASPI_PRICE).max(HIGHEST_PRICE).transform(tenge);
const percentSchema = z.number().gt(0).max(100).multipleOf(0.01);
const placesSchema = z.int().min(1).max(MOST_PLACES);

/** Tenge, or a percentage (two decimals) of the price it is applied to, rounded up to a whole tenge. */
export const amountSchema = z.discriminatedUnion("unit", [
  z.strictObject({
    unit: z.literal("tenge"),
    value: z.int().min(1).max(HIGHEST_PRICE).transform(tenge),
  }),
  z.strictObject({ unit: z.literal("percent"), value: percentSchema }),
]);

/** What the price aims at while there are rivals. */
export const strategySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("undercut") }),
  z.strictObject({ kind: z.literal("match") }),
  z.strictObject({ kind: z.literal("above") }),
  /** A step under the rival of that place, or under the last one where there are fewer. */
  z.strictObject({ kind: z.literal("position"), place: placesSchema }),
  /** The mean of the cheapest rivals, `of` at the most, down to a whole tenge. */
  z.strictObject({ kind: z.literal("average"), of: placesSchema }),
  z.strictObject({ kind: z.literal("fixed"), price: priceSchema }),
]);

export const whenAloneSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hold") }),
  z.strictObject({ kind: z.literal("ceiling") }),
  z.strictObject({ kind: z.literal("climb"), by: amountSchema }),
]);

/** First means strictly cheapest. Only `undercut` and the first place ask. */
export const whenFirstSchema = z.enum(["hold", "raise"]);
/** Blocked means that the target lies below the floor. */
export const whenBlockedSchema = z.enum(["floor", "next_place", "ceiling", "hold"]);

export const roundingSteps = [1, 5, 10, 100] as const;
/** Whole fives, tens or hundreds, or the last digits: 990 makes 12 990. */
export const roundingSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("to"), value: z.literal(roundingSteps) }),
  z.strictObject({ kind: z.literal("ending"), value: z.int().min(1).max(HIGHEST_ENDING) }),
]);

/** Minutes since midnight. `to` not after `from` is on the next day; equal ones are a whole day. */
const minuteSchema = z.int().min(0).max(1439);
export const windowSchema = z.strictObject({
  /** 1 is Monday. The days on which the window opens. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: minuteSchema,
  to: minuteSchema,
});

/** When the bot works, in the zone of the installation. */
export const scheduleSchema = z.strictObject({
  windows: z.array(windowSchema).min(1).max(MOST_WINDOWS),
  outside: z.enum(["hold", "ceiling"]),
});

/** What becomes of the price once the stock lasts for no more than so many days at the pace of sales. */
export const lowStockSchema = z.strictObject({
  days: z.int().min(1).max(MOST_STOCK_DAYS),
  price: z.enum(["hold", "ceiling"]),
});

const sellersSchema = z
  .array(z.string().overwrite(storable).trim().min(1).max(64))
  .max(MOST_SELLERS);

/** What `stores.rule`, `products.rule` and `product_cities.rule` hold: only what differs from the rule above. */
export const ruleOverrideSchema = z.strictObject({
  strategy: strategySchema.exactOptional(),
  step: amountSchema.exactOptional(),
  whenAlone: whenAloneSchema.exactOptional(),
  whenFirst: whenFirstSchema.exactOptional(),
  whenBlocked: whenBlockedSchema.exactOptional(),
  /** The floor is computed from the cost; one that is typed counts too, and the higher is meant. */
  floorFromCost: z.boolean().exactOptional(),
  /** The ceiling is so many percent above the cost; one that is typed counts too, and the lower is meant. */
  ceilingMarkup: z.number().gt(0).max(HIGHEST_MARKUP).multipleOf(0.01).nullable().exactOptional(),
  ignorePreorders: z.boolean().exactOptional(),
  /** Merchants that are no rivals, and the only ones that are; an empty list names nobody and asks nothing. */
  excludeRivals: sellersSchema.exactOptional(),
  onlyRivals: sellersSchema.exactOptional(),
  /** Null asks nothing, here and below. */
  minRating: z.number().gt(0).max(5).multipleOf(0.1).nullable().exactOptional(),
  minReviews: z.int().min(1).max(MOST_REVIEWS).nullable().exactOptional(),
  /** Only rivals who deliver at least as fast as we do. */
  fastAsOurs: z.boolean().exactOptional(),
  /** A price below this percentage of the median of the others does not count. */
  outlierPercent: percentSchema.nullable().exactOptional(),
  rounding: roundingSchema.exactOptional(),
  /** Percent per change. */
  maxDrop: percentSchema.exactOptional(),
  maxRise: percentSchema.exactOptional(),
  /** A change beyond this percentage waits for a person. */
  freeze: percentSchema.exactOptional(),
  /** Null: always at work. */
  schedule: scheduleSchema.nullable().exactOptional(),
  /** Null: the stock does not matter. */
  lowStock: lowStockSchema.nullable().exactOptional(),
  intervalMinutes: z.int().min(1).max(1440).exactOptional(),
});

export type Amount = z.infer<typeof amountSchema>;
export type Strategy = z.infer<typeof strategySchema>;
export type Rounding = z.infer<typeof roundingSchema>;
export type ScheduleWindow = z.infer<typeof windowSchema>;
export type RuleSchedule = z.infer<typeof scheduleSchema>;
export type LowStock = z.infer<typeof lowStockSchema>;
export type RuleOverride = z.infer<typeof ruleOverrideSchema>;

/** What only a product has: a store's default can neither switch a bot on nor invent a floor. */
export type ProductLimits = {
  enabled: boolean;
  floor: Tenge | null;
  ceiling: Tenge | null;
  /** Stretches above the floor that earn too little, lowest first; absent: there are none. */
  gaps?: readonly PriceGap[];
  /** The ceiling is the one computed from cost; absent: it was typed, or there is none. */
  ceilingFromCost?: true;
};

/** A complete rule. `floor: null` means "do not touch"; `ceiling: null` means none is set. */
export type RepricingRule = ProductLimits & Required<RuleOverride>;
