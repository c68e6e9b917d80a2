import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  lt,
  lte,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { decisions, marketObservations } from "@/lib/db/schema/repricing";
import { auditLog } from "@/lib/db/schema/workspace";
import type { MarketOffer } from "@/lib/kaspi/competitor-offers";
import type { ChartSpan } from "./chart-model";
import { type LimitsAt, type LimitsPair, limitsThatHeld, type SeenMarket } from "./chart-rules";

/** Rows read of a chart's span, however many there are: of more, one of each slice of time. */
const SLICES = 600;
const MARKET_SLICES = 300;

/** A row's slice of time; while there are no more rows than slices, each is its own. */
const slice = (at: SQLWrapper, { from, to }: ChartSpan, count: number) =>
  sql<number>`case when count(*) over () <= ${count}::int then row_number() over (order by ${at})
    else floor(extract(epoch from ${at} - ${iso(from)}) * 1000 / ${Math.max(1, (to - from) / count)}::float8) end`;

const iso = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;

const amountIn = (...paths: string[]) =>
  sql<number | null>`coalesce(${sql.join(
    paths.map((path) => sql`(${decisions.inputs}::jsonb #>> ${`{${path}}`})`),
    sql`, `,
  )})::float8`;

const columns = {
  id: decisions.id,
  seq: decisions.seq,
  kind: decisions.kind,
  reason: decisions.reason,
  params: decisions.params,
  priceBefore: decisions.priceBefore,
  price: decisions.price,
  state: decisions.state,
  stateReason: decisions.stateReason,
  stateParams: decisions.stateParams,
  decidedAt: decisions.decidedAt,
  notBefore: decisions.notBefore,
  sentAt: decisions.sentAt,
  floor: amountIn("rule,floor", "floor").as("floor_then"),
  ceiling: amountIn("rule,ceiling", "ceiling").as("ceiling_then"),
  anchor: amountIn("anchor").as("anchor_then"),
};

export type ChartDecision = Awaited<ReturnType<typeof chartDecisions>>[number];

type Subject = { productId: string; cityId: string };

const ofSubject = ({ productId, cityId }: Subject) =>
  and(
    eq(decisions.productId, productId),
    eq(decisions.cityId, cityId),
    eq(decisions.dryRun, false),
  );

/** A product's decisions of a span in their order; of many at nearly one time, one that was sent. */
export async function chartDecisions(tx: Tx, subject: Subject, span: ChartSpan) {
  const { id, state, decidedAt, seq } = decisions;
  const sliced = tx
    .select({ id, state, decidedAt, seq, slice: slice(decidedAt, span, SLICES).as("slice") })
    .from(decisions)
    .where(
      and(
        ofSubject(subject),
        gte(decidedAt, new Date(span.from)),
        lte(decidedAt, new Date(span.to)),
      ),
    )
    .as("sliced");
  const kept = tx
    .selectDistinctOn([sliced.slice], { id: sliced.id })
    .from(sliced)
    .orderBy(
      sliced.slice,
      desc(sql`${sliced.state} in ('sent', 'confirmed')`),
      desc(sliced.decidedAt),
      desc(sliced.seq),
    );
  return tx
    .select(columns)
    .from(decisions)
    .where(inArray(decisions.id, kept))
    .orderBy(asc(decisions.decidedAt), asc(decisions.seq));
}

/** The last decision before a moment: what was true when the span began. */
export async function decisionBefore(
  tx: Tx,
  subject: Subject,
  at: number,
): Promise<ChartDecision | null> {
  const [row] = await tx
    .select(columns)
    .from(decisions)
    .where(and(ofSubject(subject), lt(decisions.decidedAt, new Date(at))))
    .orderBy(desc(decisions.decidedAt), desc(decisions.seq))
    .limit(1);
  return row ?? null;
}

type ChartMarket = Omit<SeenMarket, "best"> & { offers: MarketOffer[] };

/** Who sold a card over a span, epoch ms; each market stayed the same from `first` to `last`. */
export async function chartMarkets(
  tx: Tx,
  { cardId, cityId }: { cardId: string; cityId: string },
  span: ChartSpan,
): Promise<ChartMarket[]> {
  const began = sql`greatest(${marketObservations.firstSeenAt}, ${iso(span.from)})`;
  const rows = await tx.execute<ChartMarket>(sql`
    with seen as (
      select id, first_seen_at, last_seen_at, ${slice(began, span, MARKET_SLICES)} as slice
      from ${marketObservations}
      where ${and(
        eq(marketObservations.cardId, cardId),
        eq(marketObservations.cityId, cityId),
        gte(marketObservations.lastSeenAt, new Date(span.from)),
        lte(marketObservations.firstSeenAt, new Date(span.to)),
      )}
    ), slices as (
      select min(first_seen_at) as first, max(last_seen_at) as last,
        (array_agg(id order by first_seen_at desc))[1] as id
      from seen group by slice
    )
    select (extract(epoch from slices.first) * 1000)::float8 as first,
      (extract(epoch from slices.last) * 1000)::float8 as last,
      ${marketObservations.offers} as offers
    from slices join ${marketObservations} on ${marketObservations.id} = slices.id
    order by slices.first`);
  return [...rows];
}

/**
 * Limits set by people that held in a city, from the last before the span on: a product without a bot
 * has no decisions of them. The city's own go before the product's.
 */
export async function limitsSet(
  tx: Tx,
  product: { id: string; cityId: string },
  span: ChartSpan,
): Promise<LimitsAt[]> {
  const ofProduct = and(
    eq(auditLog.subjectId, product.id),
    eq(auditLog.action, "product.limits_changed"),
  );
  const forAll = sql`${auditLog.details} ->> 'cityId' is null`;
  const forCity = sql`${auditLog.details} ->> 'cityId' = ${product.cityId}`;
  const columns = { at: auditLog.at, details: auditLog.details, isForAll: sql<boolean>`${forAll}` };
  const from = new Date(span.from);
  const lastBefore = (level: SQL) =>
    tx
      .select(columns)
      .from(auditLog)
      .where(and(ofProduct, level, lt(auditLog.at, from)))
      .orderBy(desc(auditLog.at))
      .limit(1);
  const inside = tx
    .select(columns)
    .from(auditLog)
    .where(and(ofProduct, or(forAll, forCity), gte(auditLog.at, from)))
    .orderBy(desc(auditLog.at))
    .limit(SLICES);
  const rows = [...(await lastBefore(forAll)), ...(await lastBefore(forCity)), ...(await inside)];
  const changes = rows.map(({ at, details, isForAll }) => ({
    at: at.getTime(),
    isForAll,
    after: details.after as LimitsPair,
  }));
  return limitsThatHeld(changes);
}
