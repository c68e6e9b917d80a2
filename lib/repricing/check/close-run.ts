import { later, MINUTE } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { events } from "@/lib/jobs/events";
import { emit } from "@/lib/jobs/outbox";
import { raiseNotice, resolveNotice } from "@/lib/notices/queries";
import { breaks, countMoves, type MoveCount } from "@/lib/repricing/hold/breaker-rules";
import {
  holdUnsent,
  liftEmptyHold,
  movesOfHour,
  movesOfRun,
  openHold,
} from "@/lib/repricing/hold/hold-queries";
import { lockLedger } from "@/lib/repricing/ledger/ledger-queries";
import { abandonedRuns, closePricingRun, type PricingRun } from "./check-queries";

type OpenRun = Pick<PricingRun, "id" | "storeId" | "dryRun"> & { storeName: string };

/**
 * Ends a run: before that none of its changes is sent, and from then on only if the breaker lets them.
 * Both are one transaction, so no process ever sees a change that ought to be held and is not.
 */
export async function closeRun(
  tx: Tx,
  run: OpenRun,
  counts: Pick<PricingRun, "checked" | "changes" | "unread">,
  now: Date,
): Promise<void> {
  const { id, storeId, dryRun } = run;
  if (!(await closePricingRun(tx, id, counts, now)) || dryRun) return;
  await lockLedger(tx, storeId);
  if (await liftEmptyHold(tx, storeId, now)) await resolveNotice(tx, "prices_held", storeId, now);
  if (counts.changes === 0) return;
  await judgeRun(tx, run, now);
  await emit(tx, [events.publishRequested.create({ storeId })]);
}

/** A run is a minute long and what it has begun to read is saved; one that goes on after that was killed. */
const LONGEST_MS = 2 * MINUTE;

/**
 * Ends the store's runs whose process has died: what they have saved is judged, and may leave. One that
 * is alive after all goes on as another run.
 */
export async function closeAbandonedRuns(
  access: Pick<KaspiAccess, "db" | "clock">,
  store: { id: string; name: string },
): Promise<void> {
  const now = access.clock();
  for (const run of await abandonedRuns(access.db, store.id, later(now, -LONGEST_MS)))
    await access.db.transaction((tx) =>
      closeRun(tx, { ...run, storeId: store.id, storeName: store.name }, run, now),
    );
}

/** Too many of the run's changes fall too far, or of the last hour's: a person must look first. */
async function judgeRun(tx: Tx, run: OpenRun, now: Date): Promise<void> {
  const { id: runId, storeId } = run;
  const moves = await movesOfRun(tx, { storeId, runId });
  if (moves.length === 0) return;
  const ofRun = countMoves(moves);
  if (breaks(ofRun)) return hold(tx, run, { scope: "run", ...ofRun }, now);
  const ofHour = countMoves(await movesOfHour(tx, storeId, now));
  if (breaks(ofHour)) await hold(tx, run, { scope: "hour", ...ofHour }, now);
}

async function hold(
  tx: Tx,
  { id: runId, storeId, storeName }: OpenRun,
  { scope, changes, drops }: MoveCount & { scope: "run" | "hour" },
  now: Date,
): Promise<void> {
  const opened = { storeId, kind: "breaker", scope, runId, changes, drops, at: now } as const;
  const holdId = await openHold(tx, opened);
  const of = scope === "run" ? { storeId, runId } : { storeId };
  const count = await holdUnsent(tx, of, { holdId, stateReason: "breaker" });
  await raiseNotice(tx, {
    kind: "prices_held",
    about: storeId,
    severity: "danger",
    storeId,
    params: { store: storeName, count },
  });
}
