import { setMaxListeners } from "node:events";
import { later, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import type { KaspiAccess } from "@/lib/exits/access";
import { storeAtWork } from "@/lib/stores/at-work-queries";
import type { Store } from "@/lib/stores/queries";
import { pipeline } from "./check-pipeline";
import { type Check, checkProduct, surroundingsOf } from "./check-products";
import {
  type CheckSubject,
  keepRunOpen,
  type NewDecision,
  openPricingRun,
  type PricingRun,
} from "./check-queries";
import { type Look, saveChecks } from "./save-checks";

export type RunCounts = { checked: number; changes: number; unread: number };

export type RunOptions = {
  trigger: PricingRun["trigger"];
  dryRun?: boolean;
  /** Belongs to the transaction of every batch. */
  saving?: (tx: Tx, checked: number) => Promise<void>;
  /** Told of every batch that was saved. */
  onSaved?: (checks: Check[], saved: NewDecision[]) => void;
  /** Reads the market even where nothing would be decided by it. */
  looks?: boolean;
  signal?: AbortSignal | undefined;
};

/** A run on its way; its row is made with the first product. Full: no other product fits in. */
export type Run = RunOptions & {
  store: Store;
  id: string | null;
  counts: RunCounts;
  isFull: boolean;
};

/** The next products to check besides those in hand, so many at most; none: there are no more. */
export type NextSubjects = (inHand: CheckSubject[], room: number) => Promise<CheckSubject[]>;

/** A pricing run is at most so many products. */
const MOST_CHECKS = 500;

/** Every read on its way listens for the end of the run. */
const MOST_LISTENERS = 100;
/** The store is locked so long at a time: a person who asks for one product waits no longer. */
const TURN_MS = 10 * SECOND;

/**
 * Checks what is next, load → read and decide → save, until nothing is left, the run is full or the
 * turn ends. The caller holds the store's lock. Returns whether nothing is left.
 */
export async function takeTurn(
  access: KaspiAccess,
  run: Run,
  next: NextSubjects,
  deadline: Date,
): Promise<boolean> {
  const { store, looks = false, signal } = run;
  if (signal) setMaxListeners(MOST_LISTENERS, signal);
  const turnEnd = later(access.clock(), TURN_MS);
  const end = deadline < turnEnd ? deadline : turnEnd;
  const around = await surroundingsOf(access, store);
  const isExhausted = await pipeline(
    {
      isOver: () => access.clock() >= end,
      async load(inHand: Taken[]) {
        const since = access.clock();
        const room = MOST_CHECKS - run.counts.checked - inHand.length;
        run.isFull = room <= 0;
        // Its rule is as fresh as its products: one that changes during a run counts for the rest of it.
        const ruled = run.isFull ? null : await storeAtWork(access.db, store.id);
        if (!ruled) return [];
        const subjects = await next(
          inHand.map(({ subject }) => subject),
          room,
        );
        if (subjects.length > 0) await openRun(access, run, since);
        return subjects.map((subject) => ({ subject, ruled, since }));
      },
      async read({ subject, ruled, since }) {
        const check = await checkProduct(access, ruled, around, subject, { looks, signal });
        return { ...check, since };
      },
      save: (looked) => saveLooks(access, run, looked),
    },
    signal,
  );
  return isExhausted && !run.isFull;
}

/** A product and when it was taken from the queue. */
type Taken = Pick<Look, "subject" | "since"> & { ruled: Store };

/** Begun before its first products and their rules were read. */
async function openRun(access: KaspiAccess, run: Run, startedAt: Date): Promise<string> {
  const { store, trigger, dryRun = false } = run;
  run.id ??= await openPricingRun(access.db, { storeId: store.id, trigger, dryRun, startedAt });
  return run.id;
}

async function saveLooks(access: KaspiAccess, run: Run, looks: Look[]): Promise<void> {
  const { store, counts, dryRun = false } = run;
  const runId = await openRun(access, run, earliest(looks));
  const batch = { storeId: store.id, merchantId: store.merchantId, runId, dryRun };
  const saved = await access.db.transaction(async (tx) => {
    if (!(await keepRunOpen(tx, runId))) return null;
    const rows = await saveChecks(tx, batch, looks, access.clock());
    await run.saving?.(tx, looks.length);
    return rows;
  });
  if (!saved) return saveElsewhere(access, run, looks);
  run.onSaved?.(looks, saved);
  counts.checked += looks.length;
  counts.changes += saved.filter((row) => row.kind === "change").length;
  counts.unread += looks.filter(
    ({ input }) => input.market.kind === "unseen" && input.market.why !== "not_read",
  ).length;
}

const earliest = (looks: Look[]) => new Date(Math.min(...looks.map(({ since }) => Number(since))));

/** Somebody has taken this run for dead and ended it: it goes on as another. */
function saveElsewhere(access: KaspiAccess, run: Run, looks: Look[]): Promise<void> {
  run.id = null;
  return saveLooks(access, run, looks);
}
