import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { HIGHEST_PRICE, type Tenge } from "@/lib/core/money";
import { stores } from "@/lib/db/schema/kaspi";
import { productCities, products } from "@/lib/db/schema/products";
import { cityColumns, inSomeCity } from "./city-queries";

// The limits that count, as `ruleOf` has them, for lists that filter thousands of rows.
// Needs the products, their stores, and the row of the city that is meant.

/** What a rule says of taking the floor from cost; JSON, or null where it says nothing. */
const floorFromCost = (rule: SQLWrapper) => sql`${rule} -> 'floorFromCost'`;
const above = sql`${floorFromCost(products.rule)}, ${floorFromCost(stores.rule)}`;
const isTrue = (said: SQL) => sql<boolean>`coalesce(${said} = 'true', false)`;

/** Whether the rule of the city takes the floor from cost. */
export const takesFloorFromCost = isTrue(
  sql`coalesce(${floorFromCost(productCities.rule)}, ${above})`,
);

/** Whether the rule of the product does, or of one of its cities. Needs no city beside it. */
export const takesFloorFromCostAnywhere = sql<boolean>`(${isTrue(sql`coalesce(${above})`)}
  or ${inSomeCity(isTrue(floorFromCost(sql`c.rule`)))})`;

/** Nothing can be sent: no floor is typed, or what it would be computed from is not set. */
export const lacksFloor = sql<boolean>`case when ${takesFloorFromCost}
  then ${products.costFloor} is null else ${cityColumns.floor} is null end`;

const higher = sql`greatest(${products.costFloor}, ${cityColumns.floor})`;

/** The floor the bot stops at: where the rule takes it from cost the higher one counts, and none within a gap. */
export const countingFloor = sql<Tenge | null>`case when not ${takesFloorFromCost}
  then ${cityColumns.floor} when ${products.costFloor} is not null
  then coalesce((select (gap ->> 1)::int + 1 from jsonb_array_elements(${products.costGaps}) gap
    where ${higher} between (gap ->> 0)::int and (gap ->> 1)::int limit 1), ${higher}) end`;

/** Nothing costs more, and an integer holds it. */
const highest = sql.raw(String(HIGHEST_PRICE));

const markup = (rule: SQLWrapper) => sql`${rule} -> 'ceilingMarkup'`;
const markupAbove = sql`${markup(products.rule)}, ${markup(stores.rule)}`;
/** Null in a rule takes the markup away that a rule above asks for. */
const isAsked = (said: SQL) => sql<boolean>`coalesce(jsonb_typeof(${said}) = 'number', false)`;
const markupHere = sql`coalesce(${markup(productCities.rule)}, ${markupAbove})`;

/** Whether the rule of the product computes a ceiling from cost, or that of one of its cities. */
export const takesCeilingFromCostAnywhere = sql<boolean>`(${isAsked(sql`coalesce(${markupAbove})`)}
  or ${inSomeCity(isAsked(markup(sql`c.rule`)))})`;

/** The percentage that a store's rule asks for. */
export const storeMarkup = sql<number | null>`case when ${isAsked(markup(stores.rule))}
  then (${markup(stores.rule)})::float8 end`;

const aboveCost = sql`(${products.costInFull} * (100 + (${markupHere})::numeric) / 100)`;

/** The ceiling that is set: the lower of the one typed and the one that cost makes. */
export const countingCeiling = sql<Tenge | null>`least(${cityColumns.ceiling},
  case when not ${isAsked(markupHere)} then null
    when ${aboveCost} > ${highest} then ${highest} else floor(${aboveCost}) end::int)`;
