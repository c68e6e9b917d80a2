import { gte, lt, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exitHours, exits } from "@/lib/db/schema/exits";
import { bucketCount, noLatencies } from "./latency-rules";

export type Figures = typeof exitHours.$inferSelect;

/** Adds a batch to the hours of its exits; those of exits removed meanwhile are dropped. */
export async function addFigures(tx: Tx, batch: Figures[]): Promise<void> {
  if (batch.length === 0) return;
  const rows = batch.map((row) => ({ ...row, hour: row.hour.toISOString() }));
  // Rows are locked in one order, and no exit is removed between the look at it and the insert.
  await tx.execute(sql`
    with there as materialized (
      select id from ${exits} where id = any(${sql.param(batch.map(({ exitId }) => exitId))}::uuid[])
      order by id for key share
    )
    insert into ${exitHours} (exit_id, hour, requests, failures, latencies)
    select "exitId", hour, requests, failures, latencies
    from json_to_recordset(${JSON.stringify(rows)}::json) as row("exitId" uuid, hour timestamptz,
      requests int, failures int, latencies int[])
    join there on there.id = "exitId" order by "exitId", hour
    on conflict (exit_id, hour) do update set
      requests = exit_hours.requests + excluded.requests,
      failures = exit_hours.failures + excluded.failures,
      latencies = (
        select array_agg(coalesce(exit_hours.latencies[n], 0) + coalesce(excluded.latencies[n], 0) order by n)
        from generate_series(1, ${bucketCount}) as n)`);
}

export type ExitTotals = Pick<Figures, "exitId" | "requests" | "failures" | "latencies">;

/** What went through the exits since then, summed. */
export async function exitTotals(tx: Tx, since: Date): Promise<ExitTotals[]> {
  const rows = await tx.select().from(exitHours).where(gte(exitHours.hour, since));
  const totals = new Map<string, ExitTotals>();
  for (const row of rows) {
    const { exitId } = row;
    const sum = totals.get(exitId) ?? {
      ...{ exitId, requests: 0, failures: 0 },
      latencies: noLatencies(),
    };
    totals.set(exitId, {
      exitId,
      requests: sum.requests + row.requests,
      failures: sum.failures + row.failures,
      latencies: sum.latencies.map((count, nth) => count + (row.latencies[nth] ?? 0)),
    });
  }
  return [...totals.values()];
}

/** Forgets a batch of the hours before that moment; answers how many. */
export async function forgetFigures(tx: Tx, before: Date, batch: number): Promise<number> {
  const old = tx
    .select({ exitId: exitHours.exitId, hour: exitHours.hour })
    .from(exitHours)
    .where(lt(exitHours.hour, before))
    .limit(batch);
  const gone = await tx
    .delete(exitHours)
    .where(sql`(${exitHours.exitId}, ${exitHours.hour}) in ${old}`)
    .returning({ exitId: exitHours.exitId });
  return gone.length;
}
