import { gte, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { exitHours, exits } from "@/lib/db/schema/exits";
import { bucketCount, noLatencies } from "./latency-rules";

export type Figures = typeof exitHours.$inferSelect;

/** Adds a batch to the hours of its exits; those of exits removed meanwhile are dropped. */
export async function addFigures(tx: Tx, batch: Figures[]): Promise<void> {
  if (batch.length === 0) return;
  const ids = [...new Set(batch.map(({ exitId }) => exitId))];
  const known = await tx.select({ id: exits.id }).from(exits).where(inArray(exits.id, ids));
  const rows = batch
    .filter(({ exitId }) => known.some(({ id }) => id === exitId))
    .toSorted((a, b) => a.exitId.localeCompare(b.exitId) || a.hour.getTime() - b.hour.getTime());
  if (rows.length === 0) return;
  await tx
    .insert(exitHours)
    .values(rows)
    .onConflictDoUpdate({
      target: [exitHours.exitId, exitHours.hour],
      set: {
        requests: sql`${exitHours.requests} + excluded.requests`,
        failures: sql`${exitHours.failures} + excluded.failures`,
        latencies: sql`(select array_agg(coalesce(${exitHours.latencies}[n], 0) + coalesce(excluded.latencies[n], 0) order by n)
          from generate_series(1, ${bucketCount}) as n)`,
      },
    });
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
