import { sql } from "drizzle-orm";
import type { Tenge } from "@/lib/core/money";
import type { Tx } from "@/lib/db/client";
import { driverOf } from "@/lib/db/driver";
import { productCities, products } from "@/lib/db/schema/products";
import { marketObservations } from "@/lib/db/schema/repricing";
import type { NewDecision } from "./check-queries";

/*
 * What a batch of checks leaves behind. Rows travel as one JSON parameter: a statement of a thousand
 * parameters costs more to build than Postgres needs to carry it out, and its plan is used once.
 */

type NewObservation = Required<typeof marketObservations.$inferInsert>;

export async function insertObservations(tx: Tx, rows: NewObservation[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into ${marketObservations}
      (id, card_id, city_id, content_hash, offers, total, first_seen_at, last_seen_at)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      "id" uuid, "cardId" text, "cityId" text, "contentHash" text, "offers" jsonb, "total" integer,
      "firstSeenAt" timestamptz, "lastSeenAt" timestamptz)`);
}

/** The market is as it was: only the time it was last seen moves. */
export async function touchObservations(tx: Tx, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update ${marketObservations} set last_seen_at = ${now.toISOString()}::timestamptz
    from json_array_elements_text(${JSON.stringify(ids)}::json) as seen(id)
    where ${marketObservations.id} = seen.id::uuid`);
}

/** Gives these bots a ceiling they may rise to again, as leading cities have it: almost always none. */
export async function setFirstAnchors(
  tx: Tx,
  rows: readonly { productId: string; anchor: Tenge }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    with met as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as row(
        "productId" uuid, "anchor" integer)
    ), locked as materialized (
      select id from ${products} where id in (select "productId" from met)
      order by id for no key update
    )
    update ${products} product set anchor = met."anchor"
    from met join locked on locked.id = met."productId"
    where product.id = met."productId" and product.anchor is null and product.bot_enabled`);
}

export async function insertDecisions(tx: Tx, rows: NewDecision[]): Promise<void> {
  if (rows.length === 0) return;
  await driverOf(tx)`
    insert into decisions (id, store_id, product_id, city_id, run_id, origin, actor_id, kind,
      reason, params, trail, price_before, price, observation_id, inputs, inputs_hash,
      rules_version, seq, previous_hash, hash, dry_run, state, state_reason, hold_id, decided_at,
      waiting_since, turn_at, expires_at)
    select "id", "storeId", "productId", "cityId", "runId", "origin", "actorId", "kind",
      "reason", "params", "trail", "priceBefore", "price", "observationId", "inputs", "inputsHash",
      "rulesVersion", "seq", "previousHash", "hash", coalesce("dryRun", false), "state",
      "stateReason", "holdId", "decidedAt", "waitingSince", "turnAt", "expiresAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      "id" uuid, "storeId" uuid, "productId" uuid, "cityId" text, "runId" uuid, "origin" text,
      "actorId" uuid, "kind" text, "reason" text, "params" jsonb, "trail" jsonb,
      "priceBefore" integer, "price" integer, "observationId" uuid, "inputs" text,
      "inputsHash" text, "rulesVersion" integer, "seq" bigint, "previousHash" text, "hash" text,
      "dryRun" boolean, "state" text, "stateReason" text, "holdId" uuid, "decidedAt" timestamptz,
      "waitingSince" timestamptz, "turnAt" timestamptz, "expiresAt" timestamptz)`;
}

/** What a check leaves behind on the product's city. */
export type CheckMark = Pick<
  typeof productCities.$inferInsert,
  | "productId"
  | "cityId"
  | "place"
  | "placesTotal"
  | "rivalsCount"
  | "bestRivalPrice"
  | "observationId"
  | "observedAt"
  | "lastCheckedAt"
  | "nextCheckAt"
  | "placeChangedAt"
  | "failures"
  | "lastDecisionId"
  | "lastReason"
> & {
  /** Null where the market is as it was. */
  rivalIds: string[] | null;
  rivalPrices: number[] | null;
  /** When the product was taken from the queue, and when it was due as it was read then. */
  since: Date;
  dueAt: Date;
};

/**
 * Somebody has made it due since its rule was read. Its moment says so where it was read with the product
 * but after the rule; that it is another one, where whoever wrote it had taken the time before.
 */
const isMadeDue = sql`(
  date_trunc('milliseconds', city.next_check_at) is distinct from mark."dueAt"
  or (city.next_check_at > mark."since" and city.next_check_at <= mark."lastCheckedAt"))`;

/**
 * Writes the marks of a batch in one statement, the rows in the order everybody locks them in. A
 * market that was not seen leaves the old one in place; what was made due during the look, by a
 * change it did not know of, stays due.
 */
export async function markChecked(tx: Tx, marks: CheckMark[]): Promise<void> {
  if (marks.length === 0) return;
  const seen = (column: string) =>
    sql.raw(
      `case when mark."observedAt" is null then city.${column} else mark."${camel(column)}" end`,
    );
  await tx.execute(sql`
    with mark as materialized (
      select * from json_to_recordset(${JSON.stringify(marks)}::json) as row(
        "productId" uuid, "cityId" text, "place" integer, "placesTotal" integer,
        "rivalsCount" integer, "bestRivalPrice" integer, "rivalIds" text[], "rivalPrices" integer[],
        "observationId" uuid,
        "observedAt" timestamptz, "lastCheckedAt" timestamptz, "nextCheckAt" timestamptz,
        "placeChangedAt" timestamptz, "failures" integer, "lastDecisionId" uuid, "lastReason" text,
        "since" timestamptz, "dueAt" timestamptz)
    ), locked as materialized (
      select product_id, city_id from ${productCities}
      where (product_id, city_id) in (select "productId", "cityId" from mark)
      order by product_id, city_id for update
    )
    update ${productCities} city set
      place = ${seen("place")},
      place_before = case when mark."place" <> city.place then city.place else city.place_before end,
      places_total = ${seen("places_total")},
      rivals_count = ${seen("rivals_count")},
      best_rival_price = ${seen("best_rival_price")},
      rival_ids = coalesce(mark."rivalIds", city.rival_ids),
      rival_prices = coalesce(mark."rivalPrices", city.rival_prices),
      observation_id = ${seen("observation_id")},
      observed_at = ${seen("observed_at")},
      place_changed_at = ${seen("place_changed_at")},
      last_checked_at = mark."lastCheckedAt",
      next_check_at = case when ${isMadeDue}
        then least(city.next_check_at, mark."nextCheckAt") else mark."nextCheckAt" end,
      failures = mark."failures",
      last_decision_id = coalesce(mark."lastDecisionId", city.last_decision_id),
      last_reason = coalesce(mark."lastReason", city.last_reason)
    from mark join locked on locked.product_id = mark."productId" and locked.city_id = mark."cityId"
    where city.product_id = mark."productId" and city.city_id = mark."cityId"`);
}

const camel = (column: string) =>
  column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
