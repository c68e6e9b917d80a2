import { type Tenge, tenge } from "@/lib/core/money";
import { readAhead } from "@/lib/core/read-ahead";
import { type Earnings, earningsOn } from "@/lib/costs/margins";
import type { Tx } from "@/lib/db/client";
import type { SellerState } from "@/lib/repricing/bulk/bulk-model";
import { deliveryOf, momentOf, ruleOf, stateOf } from "@/lib/repricing/check/check-products";
import type { DecisionInput, MarketView, Offer } from "@/lib/repricing/decide/model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import { ownMerchants } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { type MarketForecast, nothingForeseen } from "./forecast-model";
import { type MarketRow, marketRows, offersOf } from "./forecast-queries";
import { type Foreseen, foresee } from "./forecast-rules";

/** So many products are read at once: for each lot Postgres goes through whole tables. */
export const BATCH = 5_000;

/** What would be another of a product in a city. */
export type Trial = (row: MarketRow) => Partial<MarketRow>;
/** Products with what is tried on them. */
export type Tried = { ids: readonly string[]; trial: Trial };

type Around = { own: ReadonlySet<string>; moment: ReturnType<typeof momentOf> };
type Market = { rows: MarketRow[]; earns: Earnings; trial: Trial };

/**
 * What would become of products' prices on the market as last seen, with each as it is tried. Reads the
 * next market while one is being decided; saves nothing.
 */
export async function forecastMarket(
  tx: Tx,
  tried: AsyncIterable<Tried> | Iterable<Tried>,
  now: Date,
): Promise<MarketForecast> {
  const around = await aroundOf(tx, now);
  let forecast = nothingForeseen;
  for await (const { rows, earns, trial } of readAhead(markets(tx, tried, now)))
    for (const row of rows) {
      // Into the row, which is ours: a copy of thirty fields takes as long as to decide its price.
      const tried = Object.assign(row, trial(row));
      forecast = foresee(forecast, foreseen(tried, around, earns));
    }
  return forecast;
}

/** The same tried on each of these products. */
export function* inBatches(ids: readonly string[], trial: Trial): Generator<Tried> {
  for (let from = 0; from < ids.length; from += BATCH)
    yield { ids: ids.slice(from, from + BATCH), trial };
}

async function aroundOf(tx: Tx, now: Date): Promise<Around> {
  const { timeZone } = await getWorkspace(tx);
  return { own: new Set(await ownMerchants(tx)), moment: momentOf(now, timeZone) };
}

async function* markets(
  tx: Tx,
  tried: AsyncIterable<Tried> | Iterable<Tried>,
  now: Date,
): AsyncGenerator<Market> {
  const earningsOf = earningsOn(tx, now);
  for await (const { ids, trial } of tried) {
    const rows = await marketRows(tx, ids, now);
    const subjects = rows.map(({ productId: id, storeId, category, cost }) => {
      return { id, storeId, category, cost };
    });
    yield { rows, trial, earns: await earningsOf(subjects) };
  }
}

function foreseen(row: MarketRow, around: Around, earns: Earnings): Foreseen {
  const { name, seenAt, merchantId, productId } = row;
  const offers = row.offers && offersOf(row.offers);
  const input = inputOf(row, offers, around);
  return {
    name,
    seenAt,
    current: input.current,
    others: offers?.filter((offer) => offer.merchantId !== merchantId) ?? null,
    decision: decidePrice(input),
    earns: (price) => earns(productId, price),
  };
}

function inputOf(row: MarketRow, offers: Offer[] | null, { own, moment }: Around): DecisionInput {
  const { merchantId, botEnabled, costFloor, costGaps, costInFull, rule, cityRule } = row;
  const floor = row.cityFloor ?? row.floor;
  const ceiling = row.cityCeiling ?? row.ceiling;
  return {
    ...moment,
    ...ruleOf(
      { rule: row.storeRule },
      { botEnabled, floor, ceiling, costFloor, costGaps, costInFull, rule, cityRule },
    ),
    ...stateOf(row),
    ownDelivery: offers && deliveryOf(offers, merchantId),
    market: offers ? seen(offers, own, row, moment.now) : { kind: "unseen", why: "not_read" },
  };
}

/** However long ago it was seen: what is asked is what the rule makes of it. */
function seen(
  offers: readonly Offer[],
  own: ReadonlySet<string>,
  { merchantId }: MarketRow,
  observedAt: Date,
): MarketView {
  const ours = own.has(merchantId) ? own : new Set([...own, merchantId]);
  return { kind: "seen", rivals: rivalsOf(offers, ours), observedAt };
}

/** With what a bulk change would set of the product. */
export function withFields(row: MarketRow, after: Partial<SellerState>): Partial<MarketRow> {
  const { anchor, ...fields } = after;
  const isRaised = after.botEnabled === true && !row.isLead && row.shownPrice !== null;
  if (isRaised) {
    const raised = Math.max(row.anchor ?? 0, row.shownPrice as Tenge);
    return { ...fields, anchor: tenge(raised) };
  }
  return row.isLead && anchor !== undefined ? { ...fields, anchor } : fields;
}

/** With another rule of its store. */
export const withStoreRule =
  (storeRule: RuleOverride): Trial =>
  () => ({ storeRule });
