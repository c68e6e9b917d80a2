import { and, eq, gt, inArray, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import { HOUR, later, MINUTE } from "@/lib/core/time";
import { priceWars } from "@/lib/db/schema/price-wars";
import { productCities, products } from "@/lib/db/schema/products";
import { decisions } from "@/lib/db/schema/repricing";
import { inSomeCity } from "./city-queries";
import type { WatchFilter } from "./filter-model";
import { lacksFloor } from "./limit-queries";

/** Products a bot keeps the price of. */
export const isWatched = and(
  eq(products.botEnabled, true),
  eq(products.onSale, true),
  isNull(products.goneAt),
);

const rejected = sql`(select d.id from ${decisions} d where d.state = 'rejected')`;

/** Better places would need a price under the floor; what a price that stands still rests on counts, too. */
const underTheFloor = [
  "pinned_to_floor",
  "fallback_position",
  "blocked_to_ceiling",
  "blocked_hold",
];

/** It takes every word of its rule from its store. */
const saysNothing = eq(products.rule, {});

/**
 * How a watched product can stand, each as the condition that both counts and lists it. Needs the leading
 * city's row, and the store. Attacked: the place got worse within the hour in which a market counts as contested. Late:
 * by more than two of the default intervals.
 */
export const watchConditions: Record<WatchFilter, (now: Date) => SQL | undefined> = {
  ranked: () => sql`${productCities.place} is not null`,
  unread: () => isNull(productCities.place),
  first: () => eq(productCities.place, 1),
  attacked: (now) =>
    and(
      gt(productCities.place, productCities.placeBefore),
      gt(productCities.placeChangedAt, later(now, -HOUR)),
    ),
  blocked: () => inArray(productCities.lastReason, underTheFloor),
  war: () =>
    inArray(products.id, sql`(select w.product_id from ${priceWars} w where w.ended_at is null)`),
  late: (now) => lt(productCities.nextCheckAt, later(now, -10 * MINUTE)),
  rejected: () =>
    or(
      inArray(productCities.lastDecisionId, rejected),
      inSomeCity(sql`c.last_decision_id in ${rejected}`),
    ),
  unfloored: () => lacksFloor,
  own_rule: () => not(saysNothing),
  store_rule: () => saysNothing,
};
