import { type Tenge, tenge } from "@/lib/core/money";
import { type Earnings, earningsOf } from "@/lib/costs/margins";
import type { Tx } from "@/lib/db/client";
import type { SellerState } from "@/lib/repricing/bulk/bulk-model";
import { deliveryOf, momentOf, ruleOf, stateOf } from "@/lib/repricing/check/check-products";
import type { DecisionInput, MarketView, Offer } from "@/lib/repricing/decide/model";
import { decidePrice, rivalsOf } from "@/lib/repricing/decide/rules";
import type { RuleOverride } from "@/lib/repricing/rule/rule-model";
import { ownMerchants } from "@/lib/stores/queries";
import { getWorkspace } from "@/lib/workspace/queries";
import { type MarketForecast, nothingForeseen } from "./forecast-model";
import { type MarketRow, marketRows } from "./forecast-queries";
import { type Foreseen, foresee } from "./forecast-rules";

/** So many products are read at once. */
const BATCH = 1_000;

/** A product in a city as it would be. */
export type Trial = (row: MarketRow) => MarketRow;

type Around = { own: ReadonlySet<string>; moment: ReturnType<typeof momentOf> };

/**
 * What would become of these products' prices on the market as last seen, with each as `trial` makes
 * it. Reads in batches, the next one while one is being decided; saves nothing.
 */
export async function forecastMarket(
  tx: Tx,
  productIds: readonly string[],
  trial: Trial,
  now: Date,
  start: MarketForecast = nothingForeseen,
): Promise<MarketForecast> {
  const around = await aroundOf(tx, now);
  let forecast = start;
  for await (const { rows, earns } of batches(tx, productIds, now))
    for (const row of rows) forecast = foresee(forecast, foreseen(trial(row), around, earns));
  return forecast;
}

async function aroundOf(tx: Tx, now: Date): Promise<Around> {
  const { timeZone } = await getWorkspace(tx);
  return { own: new Set(await ownMerchants(tx)), moment: momentOf(now, timeZone) };
}

type Batch = { rows: MarketRow[]; earns: Earnings };

async function* batches(tx: Tx, ids: readonly string[], now: Date): AsyncGenerator<Batch> {
  const readAt = (from: number) =>
    from < ids.length ? read(tx, ids.slice(from, from + BATCH), now) : null;
  let next = readAt(0);
  for (let from = BATCH; next; from += BATCH) {
    const batch: Batch = await next;
    next = readAt(from);
    // Whoever stops listening still has it awaited: a failure is then nobody's.
    next?.catch(() => {});
    yield batch;
  }
}

async function read(tx: Tx, ids: readonly string[], now: Date): Promise<Batch> {
  const rows = await marketRows(tx, ids);
  const subjects = rows.map(({ productId, ...row }) => ({ ...row, id: productId }));
  return { rows, earns: await earningsOf(tx, subjects, now) };
}

function foreseen(row: MarketRow, around: Around, earns: Earnings): Foreseen {
  const { name, seenAt, merchantId, offers, productId } = row;
  const input = inputOf(row, around);
  return {
    name,
    seenAt,
    current: input.current,
    others: offers?.filter((offer) => offer.merchantId !== merchantId) ?? null,
    decision: decidePrice(input),
    earns: (price) => earns(productId, price),
  };
}

function inputOf(row: MarketRow, { own, moment }: Around): DecisionInput {
  const { offers, merchantId } = row;
  const floor = row.cityFloor ?? row.floor;
  const ceiling = row.cityCeiling ?? row.ceiling;
  return {
    ...moment,
    ...ruleOf({ rule: row.storeRule }, { ...row, floor, ceiling }),
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
export function withFields(row: MarketRow, after: Partial<SellerState>): MarketRow {
  const { anchor, ...fields } = after;
  const isRaised = after.botEnabled === true && !row.isLead && row.shownPrice !== null;
  return {
    ...row,
    ...fields,
    anchor: isRaised
      ? tenge(Math.max(row.anchor ?? 0, row.shownPrice as Tenge))
      : row.isLead && anchor !== undefined
        ? anchor
        : row.anchor,
  };
}

/** With another rule of its store. */
export const withStoreRule =
  (storeRule: RuleOverride): Trial =>
  (row) => ({ ...row, storeRule });
