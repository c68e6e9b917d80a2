import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/model";
import { mayRead } from "@/lib/auth/permissions";
import { DAY, later } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { stores } from "@/lib/db/schema/kaspi";
import { decisions } from "@/lib/db/schema/repricing";
import { LATENCY_BARS } from "./latency-model";

const LOOKED_BACK_MS = 14 * DAY;

const minutes = (to: string, from: string) => sql.raw(`extract(epoch from (${to} - ${from})) / 60`);
const whole = minutes("confirmed_at", "decided_at");

const median = (of: ReturnType<typeof minutes>) =>
  sql<number | null>`percentile_cont(0.5) within group (order by ${of})`;

/** How long prices took by the feed, minutes; null where none has arrived. */
export type FeedLatency = {
  count: number;
  /** By `LATENCY_BARS`, and one more. */
  bars: number[];
  typical: number;
  most: number;
  /** Of each leg: into the list, until it was fetched, until the card showed it. */
  listed: number;
  pulled: number;
  shown: number;
};

/** From the decision to the card, of the last two weeks, in a store that the caller may see. */
export async function feedLatency(
  tx: Tx,
  caller: Caller,
  storeId: string,
  now: Date,
): Promise<FeedLatency | null> {
  const edges = sql.raw(`array[${LATENCY_BARS.join(",")}]::numeric[]`);
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int`,
      bars: sql<number[]>`array_agg(width_bucket((${whole})::numeric, ${edges}))`,
      typical: median(whole),
      most: sql<number | null>`percentile_cont(0.9) within group (order by ${whole})`,
      listed: median(minutes("coalesce(listed_at, sent_at)", "decided_at")),
      pulled: median(minutes("sent_at", "coalesce(listed_at, sent_at)")),
      shown: median(minutes("confirmed_at", "sent_at")),
    })
    .from(decisions)
    .innerJoin(stores, eq(stores.id, decisions.storeId))
    .where(
      and(
        eq(decisions.storeId, storeId),
        eq(decisions.channel, "feed"),
        eq(decisions.state, "confirmed"),
        isNotNull(decisions.sentAt),
        gt(decisions.sendingAt, later(now, -LOOKED_BACK_MS)),
        mayRead(caller, "view_product"),
      ),
    );
  if (!row || row.count === 0) return null;
  const bars = Array.from({ length: LATENCY_BARS.length + 1 }, () => 0);
  for (const bar of row.bars) bars[bar] = (bars[bar] ?? 0) + 1;
  const { count, typical, most, listed, pulled, shown } = row;
  const of = (value: number | null) => Math.max(0, Math.round(value ?? 0));
  return {
    ...{ count, bars, typical: of(typical), most: of(most) },
    ...{ listed: of(listed), pulled: of(pulled), shown: of(shown) },
  };
}
